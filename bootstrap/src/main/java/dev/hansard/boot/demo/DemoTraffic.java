// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import dev.hansard.boot.wiring.NodeClock;
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
    private final DemoTokens tokens;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    DemoTraffic(String gateway, String issuer, NodeClock clock) {
        this.gateway = gateway;
        this.random = clock.random();
        this.tokens = new DemoTokens(issuer, client, clock.nanos());
        this.thread = Thread.ofVirtual().name("hansard-demo-traffic").start(this::run);
    }

    private void run() {
        try {
            while (!stopped.get()) {
                tryCall();
                Thread.sleep(BETWEEN_CALLS);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void tryCall() throws InterruptedException {
        try {
            call();
        } catch (IOException _) {
            // A call that fails is part of the show; the gateway has its record.
        }
    }

    private void call() throws IOException, InterruptedException {
        HttpRequest request = switch (random.nextInt(6)) {
            case 0, 1 ->
                post(
                        DemoCast.CHECKOUT,
                        "/payments/v1/payments",
                        "{\"order\":\"ord_" + random.nextInt(1000) + "\",\"cents\":" + random.nextInt(100, 90_000)
                                + "}");
            case 2 -> get(DemoCast.BILLING, "/payments/v1/payments/" + random.nextInt(990, 1020));
            case 3 ->
                post(
                        DemoCast.BILLING,
                        "/payments/v1/refunds",
                        "{\"payment\":" + random.nextInt(1000, 1100) + ",\"amount\":" + random.nextInt(5, 500)
                                + ",\"reason\":\"returned\"}");
            case 4 -> get(DemoCast.CHECKOUT, "/search/products?q=lamp&access_token=demo-secret");
            default -> get(DemoCast.CHECKOUT, "/search/nothing-here");
        };
        HttpResponse<Void> _ = client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest get(Client caller, String path) throws IOException, InterruptedException {
        return to(caller, path).GET().build();
    }

    private HttpRequest post(Client caller, String path, String content) throws IOException, InterruptedException {
        return to(caller, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build();
    }

    private HttpRequest.Builder to(Client caller, String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.of(caller))
                .header("User-Agent", "hansard-demo");
    }

    @Override
    public void close() {
        stopped.set(true);
        thread.interrupt();
        client.shutdownNow();
    }
}
