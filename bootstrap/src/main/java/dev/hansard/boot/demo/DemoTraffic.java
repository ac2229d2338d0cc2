// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Calls the demo's services through the gateway a few times a second, some of them wrongly, until it is closed. */
final class DemoTraffic implements AutoCloseable {
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String gateway;
    private final RandomGenerator random;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    DemoTraffic(String gateway, RandomGenerator random) {
        this.gateway = gateway;
        this.random = random;
        this.thread = Thread.ofVirtual().name("hansard-demo-traffic").start(this::run);
    }

    private void run() {
        while (!stopped.get()) {
            try {
                call();
                Thread.sleep(BETWEEN_CALLS);
            } catch (IOException _) {
                // A call that fails is part of the show; the gateway has its record.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void call() throws IOException, InterruptedException {
        HttpRequest request = switch (random.nextInt(6)) {
            case 0, 1 ->
                post(
                        "/payments/v1/payments",
                        "{\"order\":\"ord_" + random.nextInt(1000) + "\",\"cents\":" + random.nextInt(100, 90_000)
                                + "}");
            case 2 -> get("/payments/v1/payments/" + random.nextInt(990, 1020));
            case 3 ->
                post(
                        "/payments/v1/refunds",
                        "{\"payment\":" + random.nextInt(1000, 1100) + ",\"reason\":\"returned\"}");
            case 4 -> get("/search/products?q=lamp&access_token=demo-secret");
            default -> get("/search/nothing-here");
        };
        HttpResponse<Void> _ = client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest get(String path) {
        return to(path).GET().build();
    }

    private HttpRequest post(String path, String content) {
        return to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build();
    }

    /** With a credential, so that one can see that it is not in the record. */
    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer demo-secret")
                .header("User-Agent", "hansard-demo");
    }

    @Override
    public void close() {
        stopped.set(true);
        thread.interrupt();
        client.shutdownNow();
    }
}
