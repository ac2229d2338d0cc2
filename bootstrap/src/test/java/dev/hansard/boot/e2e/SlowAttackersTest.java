// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.ListenerSettings.Limits;
import dev.hansard.boot.settings.ListenerSettings.Timeouts;
import dev.hansard.ports.exchange.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who take their time are closed at their deadline, while a good caller is served. */
@Timeout(60)
class SlowAttackersTest {
    private static final Duration HEAD = Duration.ofMillis(800);
    private static final Duration IDLE = Duration.ofMillis(1500);

    /** What a deadline may be late by on a busy machine. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int LARGE = 64 * 1024 * 1024;
    private static final int CONNECTIONS = 5;

    @TempDir
    Path folder;

    private ScriptedUpstream upstream;
    private RunningNode node;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.with((request, out, _) -> {
            boolean large = request.startsWith("GET /large ");
            ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + (large ? LARGE : 2) + "\r\n\r\n");
            for (int left = large ? LARGE : 0; left > 0; left -= 1024 * 1024) {
                out.write(new byte[1024 * 1024]);
            }
            ScriptedUpstream.write(out, large ? "" : "ok");
            return true;
        });
        node = RunningNode.with(
                folder, listener(), RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()));
    }

    @AfterEach
    void stop() {
        node.close();
        upstream.close();
    }

    private static ListenerSettings listener() {
        ListenerSettings standard = ListenerSettings.DEFAULT;
        return new ListenerSettings(
                standard.name(),
                standard.address(),
                null,
                List.of(),
                standard.traceContext(),
                new Limits(32 * 1024, LARGE, CONNECTIONS, 100),
                new Timeouts(IDLE, HEAD, 1024));
    }

    private void assertServesAGoodCaller() throws IOException {
        try (RawClient caller = node.caller()) {
            assertThat(caller.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n").readResponse())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Test
    void closesACallerWhoDripsAHead() throws Exception {
        try (RawClient caller = node.caller()) {
            caller.send("GET /");
            long start = System.nanoTime();
            var drip = Thread.ofVirtual().start(() -> drip(caller, Duration.ofMillis(50)));

            assertServesAGoodCaller();
            String answer = caller.readToEnd();

            assertThat(since(start)).isBetween(HEAD.minusMillis(200), HEAD.plus(LATE));
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"request_head_timeout\"", "\r\nConnection: close\r\n");
            drip.join();
        }
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void closesACallerWhoDripsTheHeadOfALaterRequest() throws Exception {
        try (RawClient caller = node.caller()) {
            caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /ne").readResponse();
            long start = System.nanoTime();

            String answer = caller.readToEnd();

            assertThat(since(start)).isLessThan(HEAD.plus(LATE));
            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void closesAnIdleConnectionWithoutAWord() throws Exception {
        try (RawClient fresh = node.caller();
                RawClient used = node.caller()) {
            used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            long start = System.nanoTime();

            assertThat(used.readToEnd()).isEmpty();
            assertThat(since(start)).isBetween(IDLE.minusMillis(300), IDLE.plus(LATE));
            assertThat(fresh.readToEnd()).isEmpty();
            assertThat(since(start)).isLessThan(IDLE.plus(LATE));
        }
        assertServesAGoodCaller();
    }

    @Test
    void closesACallerWhoStopsWithinItsContent() throws Exception {
        try (RawClient caller = node.caller()) {
            caller.send("POST /stops HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc");
            long start = System.nanoTime();

            assertServesAGoodCaller();
            String answer = caller.readToEnd();

            assertThat(answer).doesNotStartWith("HTTP/1.1 2");
            assertThat(since(start)).isLessThan(IDLE.plus(LATE));
            assertThat(node.session("/stops").get("ending").asText()).isEqualTo("caller_too_slow");
        }
    }

    @Test
    void closesACallerWhoDripsItsContent() throws Exception {
        try (RawClient caller = node.caller()) {
            caller.send("POST /drips HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc");
            long start = System.nanoTime();
            var drip = Thread.ofVirtual().start(() -> drip(caller, Duration.ofMillis(100)));

            caller.readToEnd();

            // Ten seconds of grace for the rate, and no more for what little has come.
            assertThat(since(start)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
            assertThat(node.session("/drips").get("ending").asText()).isEqualTo("caller_too_slow");
            drip.join();
        }
    }

    @Test
    void closesACallerWhoDoesNotRead() throws Exception {
        try (RawClient caller = node.caller()) {
            long start = System.nanoTime();
            caller.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").readHead();

            assertServesAGoodCaller();
            await().atMost(Duration.ofSeconds(10)).until(() -> upstream.open() == 1);
            Duration taken = since(start);

            assertThat(taken).isLessThan(IDLE.plus(LATE).plus(LATE));
            assertThat(node.session("/large").get("ending").asText()).isEqualTo("caller_too_slow");
            assertThat(caller.readToEnd().length()).isLessThan(LARGE);
        }
    }

    @Test
    void refusesConnectionsOverTheCapAndTakesThemAgainLater() throws Exception {
        var held = new ArrayList<RawClient>();
        for (int i = 0; i < CONNECTIONS; i++) {
            RawClient caller = node.caller();
            caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            held.add(caller);
        }

        try (RawClient oneMore = node.caller()) {
            String answer = oneMore.readToEnd();

            assertThat(answer)
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"too_many_connections\"", "\r\nConnection: close\r\n");
        }
        assertThat(held.getFirst().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse())
                .startsWith("HTTP/1.1 200 ");
        for (RawClient caller : held) {
            caller.close();
        }
        await().ignoreException(java.io.EOFException.class).untilAsserted(this::assertServesAGoodCaller);
    }

    /** Sends a byte at a time until there is nobody to take it. */
    private static void drip(RawClient caller, Duration every) {
        try {
            while (true) {
                caller.send("a");
                LockSupport.parkNanos(every.toNanos());
            }
        } catch (IOException _) {
            // Closed, as it should be.
        }
    }
}
