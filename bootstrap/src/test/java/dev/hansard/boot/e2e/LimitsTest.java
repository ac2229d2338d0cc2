// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.ports.exchange.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener takes no more of. */
class LimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int MOST = 1000;
    private static final int CALLS = 1;

    @TempDir
    Path folder;

    private final Semaphore goOn = new Semaphore(0);

    @Test
    void refusesACallTooManyAndTakesTheNext() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    goOn.acquireUninterruptibly();
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = RunningNode.with(
                        folder, small(), RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()));
                var first = node.caller()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> upstream.begun() == 1);
            String tooMany = answer(node, "Content-Length: 0\r\n\r\n");
            goOn.release(2);
            String held = first.readResponse();

            assertThat(tooMany).startsWith("HTTP/1.1 503 ").contains("\"overloaded\"");
            assertThat(held).startsWith("HTTP/1.1 200 ");
            await().untilAsserted(() ->
                    assertThat(answer(node, "Content-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200 "));
            assertThat(upstream.requests()).hasSize(2);
            assertCounted(node, "overloaded", 2);
        }
    }

    @Test
    void countsAConnectionTooMany() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.with(
                        folder,
                        taking(MOST, 1, CALLS),
                        RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()));
                var first = node.caller()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            try (var second = node.caller()) {
                assertThat(second.readResponse()).startsWith("HTTP/1.1 503 ").contains("\"too_many_connections\"");
            }

            assertCounted(node, "too_many_connections", 1);
        }
    }

    /** All that came is either a call that went through, or was refused for that one reason. */
    private static void assertCounted(RunningNode node, String refusal, int recorded) throws IOException {
        JsonNode counters =
                new ObjectMapper().readTree(node.admin("/api/v1/counters").body());
        assertThat(counters.get("refused").size()).isEqualTo(1);
        assertThat(counters.at("/refused/" + refusal).asInt())
                .isPositive()
                .isEqualTo(counters.get("received").asInt() - recorded);
        assertThat(counters.get("recorded").asInt()).isEqualTo(recorded);
    }

    @Test
    void refusesContentBeyondTheLimit() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.with(
                        folder, small(), RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()))) {
            String most = "a".repeat(MOST);
            String tooMuch = most + "a";

            assertThat(answer(node, "Content-Length: 1000\r\n\r\n" + most)).startsWith("HTTP/1.1 200 ");
            assertThat(answer(node, "Transfer-Encoding: chunked\r\n\r\n" + Chunks.of(most, 300)))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(answer(node, "Content-Length: 1001\r\n\r\n" + tooMuch))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"content_too_large\"", "\r\nConnection: close\r\n");
            assertThat(answer(node, "Transfer-Encoding: chunked\r\n\r\n" + Chunks.of(tooMuch, 300)))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"content_too_large\"", "\r\nConnection: close\r\n");
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    private static String answer(RunningNode node, String rest) throws IOException {
        try (RawClient caller = node.caller()) {
            return caller.send("POST / HTTP/1.1\r\nHost: a\r\n" + rest).readResponse();
        }
    }

    private static ListenerSettings small() {
        return taking(MOST, 100, CALLS);
    }

    static ListenerSettings taking(int bodyBytes, int connections, int calls) {
        ListenerSettings standard = ListenerSettings.DEFAULT;
        return new ListenerSettings(
                standard.name(),
                standard.address(),
                null,
                List.of(),
                standard.traceContext(),
                new ListenerSettings.Limits(32 * 1024, bodyBytes, connections, calls),
                standard.timeouts());
    }

    @Test
    void readsLittleOfTheContentOfARefusedRequest() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.forHost("a.test", folder, upstream.port());
                var caller = node.caller()) {
            caller.socket().setSendBufferSize(16 * 1024);
            caller.send("POST / HTTP/1.1\r\nHost: b.test\r\nContent-Length: 1073741824\r\n\r\n");

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 404 ").contains("\r\nConnection: close\r\n");
            assertThat(sentBeforeTheEnd(caller)).isLessThan(32 * 1024 * 1024);
            assertThat(upstream.begun()).isZero();
        }
    }

    /** How much a caller gets rid of that does not listen; more than what is read, as much waits in the kernel. */
    private static long sentBeforeTheEnd(RawClient caller) {
        var piece = new byte[16 * 1024];
        long sent = 0;
        try {
            while (sent < 1024 * 1024 * 1024) {
                caller.send(piece);
                sent += piece.length;
            }
        } catch (IOException _) {
            // Closed, as it should be.
        }
        return sent;
    }
}
