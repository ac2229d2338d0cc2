// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that fail, and callers that leave: each has one outcome, and the record says it. */
class UpstreamFaultTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int PIECE = 64 * 1024;

    @TempDir
    Path folder;

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static int closedPort() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    @Test
    void answers502WhenTheUpstreamCannotBeReached() throws IOException {
        try (var node = RunningNode.strict(folder, closedPort());
                var caller = node.caller()) {
            String answer = caller.send(get("/unreachable")).readResponse();
            String next = caller.send(get("/again")).readResponse();

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"upstream_unreachable\"", "application/problem+json", "Hansard-Session: ses_");
            assertThat(next).startsWith("HTTP/1.1 502 ");
            assertEnded(node, "/unreachable", "refused", "answered_by_gateway", "upstream_unreachable");
        }
    }

    @Test
    void answers504WhenTheUpstreamTakesNoConnection() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var node = RunningNode.strict(folder, full.getLocalPort());
                var caller = node.caller()) {
            fill(full, waiting);

            String answer = caller.send(get("/full")).readResponse();

            assertThat(answer).startsWith("HTTP/1.1 504 ").contains("\"upstream_connect_timeout\"");
            assertEnded(node, "/full", "refused", "answered_by_gateway", "upstream_connect_timeout");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 16; i++) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }

    @Test
    void answers504WhenTheUpstreamDoesNotAnswer() throws IOException {
        try (var upstream = ScriptedUpstream.with(
                        (_, _, socket) -> socket.getInputStream().read() >= 0);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send(get("/silent")).readResponse();

            assertThat(answer).startsWith("HTTP/1.1 504 ").contains("\"upstream_timeout\"");
            assertEnded(node, "/silent", "refused", "answered_by_gateway", "upstream_timeout");
            await().until(() -> upstream.open() == 0);
        }
    }

    @Test
    void answers502WhenTheUpstreamResetsBeforeItsHead() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, _, socket) -> {
                    socket.setSoLinger(true, 0);
                    return false;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send("POST /reset HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
                    .readResponse();

            assertThat(answer).startsWith("HTTP/1.1 502 ").contains("\"upstream_reset\"");
            assertThat(upstream.requests()).hasSize(1);
            assertEnded(node, "/reset", "refused", "answered_by_gateway", "upstream_reset");
        }
    }

    @Test
    void cutsTheResponseWhenTheUpstreamCutsIt() throws IOException {
        assertCut("Content-Length: 10\r\n\r\n", "hello", false);
        assertCut("Transfer-Encoding: chunked\r\n\r\n", "a\r\nhello", false);
        assertCut("Transfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n", false);
        assertCut("Content-Length: 10\r\n\r\n", "hello", true);
    }

    private void assertCut(String framing, String content, boolean byReset) throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, socket) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\n" + framing + content);
                    await().pollDelay(Duration.ofMillis(200)).until(() -> true);
                    socket.setSoLinger(byReset, 0);
                    return false;
                });
                var node = RunningNode.strict(folder.resolve(framing.length() + content + byReset), upstream.port());
                var caller = node.caller()) {
            String head = caller.send(get("/cut")).readHead();
            String rest = caller.readToEnd();

            assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(rest).contains("hello").doesNotEndWith("0\r\n\r\n");
            JsonNode session = assertEnded(node, "/cut", "incomplete", "upstream_aborted", "upstream_aborted");
            assertThat(session.at("/response/bodyBytes").asInt()).isEqualTo(5);
            assertThat(session.at("/response").has("bodySha256")).isFalse();
        }
    }

    @Test
    void cutsTheResponseWhenTheUpstreamStalls() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, socket) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    return socket.getInputStream().read() >= 0;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String all = caller.send(get("/stalls")).readToEnd();

            assertThat(all).endsWith("\r\n\r\nhello");
            assertEnded(node, "/stalls", "incomplete", "upstream_too_slow", "upstream_too_slow");
        }
    }

    @Test
    void takesTurnsAndGoesOnToTheNextUpstreamWhenOneIsDown() throws IOException {
        int down = closedPort();
        try (var one = ScriptedUpstream.answering(OK);
                var other = ScriptedUpstream.answering(OK);
                var node = RunningNode.strict(folder, one.port(), down, other.port());
                var caller = node.caller()) {
            for (int i = 0; i < 9; i++) {
                String answer = caller.send("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
                        .readResponse();
                assertThat(answer).startsWith("HTTP/1.1 200 ");
            }

            assertThat(one.requests()).hasSize(3);
            assertThat(other.requests()).hasSize(6);
            assertThat(node.session("/1").get("upstream").asText()).endsWith(":" + other.port());
        }
    }

    @Test
    void letsGoOfTheUpstreamWhenTheCallerLeavesADownload() throws IOException {
        var piece = "a".repeat(PIECE);
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    while (true) {
                        ScriptedUpstream.write(out, piece);
                    }
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send(get("/download")).readHead();
            caller.read(PIECE);
            caller.leave();

            await().atMost(Duration.ofSeconds(1)).until(() -> upstream.open() == 0);
            JsonNode session = assertEnded(node, "/download", "incomplete", "caller_aborted", "caller_aborted");
            assertThat(session.at("/response/bodyBytes").asInt()).isGreaterThanOrEqualTo(PIECE);
        }
    }

    @Test
    void letsGoOfTheUpstreamWhenTheCallerLeavesAnUpload() throws IOException {
        try (var upstream = ScriptedUpstream.onHead((_, _, socket) -> {
                    socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                    return false;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "a".repeat(1000));
            await().until(() -> upstream.open() == 1);
            caller.leave();

            await().atMost(Duration.ofSeconds(1)).until(() -> upstream.open() == 0);
            JsonNode session = assertEnded(node, "/upload", "incomplete", "caller_aborted", "caller_aborted");
            assertThat(session.at("/request/bodyBytes").asInt()).isEqualTo(1000);
            assertThat(node.admin("/api/v1/counters").body())
                    .contains("\"received\":1,", "\"partial\":1,", "\"inFlight\":0");
        }
    }

    private static JsonNode assertEnded(RunningNode node, String target, String state, String ending, String code) {
        JsonNode session = node.session(target);
        assertThat(session.get("state").asText()).isEqualTo(state);
        assertThat(session.get("ending").asText()).isEqualTo(ending);
        assertThat(session.get("code").asText()).isEqualTo(code);
        return session;
    }
}
