// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.wiring.NodeClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A caller whose refund waits for people: on its connection first, and when it is told where to ask, there. One at a
 * time, until it is closed.
 */
final class DemoRefunds implements AutoCloseable {
    private static final Duration BETWEEN_REFUNDS = Duration.ofMinutes(2);
    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the gateway holds it. */
    private static final Duration PATIENCE = DemoSettings.HOLD.plusSeconds(30);

    private static final int ACCEPTED = 202;

    private final String gateway;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final DemoTokens tokens;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    DemoRefunds(String gateway, String issuer, NodeClock clock) {
        this.gateway = gateway;
        this.tokens = new DemoTokens(issuer, client, clock.nanos());
        this.thread = Thread.ofVirtual().name("hansard-demo-refunds").start(this::run);
    }

    private void run() {
        try {
            while (!stopped.get()) {
                tryRefund();
                Thread.sleep(BETWEEN_REFUNDS);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void tryRefund() throws InterruptedException {
        try {
            refund();
        } catch (IOException _) {
            // A call that fails is part of the show; the gateway has its record.
        }
    }

    private void refund() throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(
                to("/payments/v1/refunds")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"payment\":1001,\"amount\":2500,\"reason\":\"damaged\"}"))
                        .build(),
                BodyHandlers.discarding());
        Optional<String> place = answer.headers().firstValue("Location");
        while (answer.statusCode() == ACCEPTED && place.isPresent()) {
            Thread.sleep(BETWEEN_POLLS);
            answer = client.send(to(place.get()).build(), BodyHandlers.discarding());
        }
    }

    private HttpRequest.Builder to(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.of(DemoCast.BILLING))
                .header("User-Agent", "hansard-demo");
    }

    @Override
    public void close() {
        stopped.set(true);
        thread.interrupt();
        client.shutdownNow();
    }
}
