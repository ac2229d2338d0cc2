// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both messages flow as they come, whichever side is first. */
class StreamingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String TRAILED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n";

    private static final int UPLOADS = 10;

    @TempDir
    Path folder;

    private final Semaphore goOn = new Semaphore(0);

    private void awaitGoOn() throws IOException {
        try {
            if (!goOn.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody said to go on");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void handsOnAnEventBeforeTheNextIsSent() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, EVENTS + "9\r\ndata: 1\n\n\r\n");
                    awaitGoOn();
                    ScriptedUpstream.write(out, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            String first = caller.read("9\r\ndata: 1\n\n\r\n".length());
            goOn.release();
            String second = caller.read("9\r\ndata: 2\n\n\r\n0\r\n\r\n".length());

            assertThat(first).contains("data: 1");
            assertThat(second).contains("data: 2").endsWith("0\r\n\r\n");
            assertThat(node.session("/events").at("/response/bodyBytes").asInt())
                    .isEqualTo(18);
        }
    }

    @Test
    void carriesBothContentsAtTheSameTime() throws IOException {
        try (var upstream = ScriptedUpstream.onHead((_, out, socket) -> {
                    ScriptedUpstream.write(out, EVENTS);
                    ScriptedUpstream.write(out, ScriptedUpstream.readExactly(socket.getInputStream(), 6));
                    ScriptedUpstream.write(out, ScriptedUpstream.readExactly(socket.getInputStream(), 6));
                    ScriptedUpstream.write(out, ScriptedUpstream.readExactly(socket.getInputStream(), 5));
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .readHead();
            String first = caller.send("1\r\na\r\n").read(6);
            String second = caller.send("1\r\nb\r\n").read(6);
            String end = caller.send("0\r\n\r\n").read(5);

            assertThat(first + second + end).isEqualTo("1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
            JsonNode session = node.session("/echo");
            assertThat(session.get("state").asText()).isEqualTo("complete");
            assertThat(session.at("/request/bodySha256").asText())
                    .isNotEmpty()
                    .isEqualTo(session.at("/response/bodySha256").asText());
        }
    }

    @Test
    void handsOnTrailersToACallerWhoTakesThem() throws IOException {
        try (var upstream = ScriptedUpstream.answering(TRAILED);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String with = caller.send("GET /with HTTP/1.1\r\nHost: a\r\nConnection: TE\r\nTE: trailers\r\n\r\n")
                    .readResponse();
            String without =
                    caller.send("GET /without HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();

            assertThat(with).contains("Trailer: X-Sum\r\n").endsWith("\r\n0\r\nX-Sum: 7\r\n\r\n");
            assertThat(without).doesNotContain("Trailer", "X-Sum").endsWith("\r\n0\r\n\r\n");
            assertThat(upstream.requests().getFirst()).contains("Connection: TE\r\nTE: trailers\r\n");
            assertThat(upstream.requests().getLast()).doesNotContain("trailers");
            assertThat(node.session("/without").at("/response/trailers").toString())
                    .isEqualTo("[[\"X-Sum\",\"7\"]]");
        }
    }

    @Test
    void passesAnExpectationOnAndTheContinueBack() throws IOException {
        try (var upstream = ScriptedUpstream.onHead((_, out, socket) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 100 Continue\r\n\r\n");
                    ScriptedUpstream.readExactly(socket.getInputStream(), 5);
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String interim = caller.send(expecting("/expect")).readHead();
            String answer = caller.send("hello").readResponse();

            assertThat(interim).startsWith("HTTP/1.1 100 ");
            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("ok").doesNotContain("Connection: close");
            assertThat(upstream.requests().getFirst()).contains("Expect: 100-continue\r\n");
            assertThat(node.session("/expect").at("/request/bodyBytes").asInt()).isEqualTo(5);
        }
    }

    @Test
    void passesARefusalBackBeforeTheContentIsSent() throws IOException {
        try (var upstream = ScriptedUpstream.onHead((_, out, _) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 401 Who\r\nContent-Length: 2\r\n\r\nno");
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send(expecting("/refused")).readResponse();

            assertThat(answer)
                    .startsWith("HTTP/1.1 401 Who\r\n")
                    .contains("Connection: close\r\n")
                    .endsWith("no");
            assertThat(caller.readToEnd()).isEmpty();
            JsonNode session = node.session("/refused");
            assertThat(session.get("state").asText()).isEqualTo("complete");
            assertThat(session.at("/request/bodyBytes").asInt()).isZero();
            assertThat(session.at("/request/bodySha256").isMissingNode()).isTrue();
            await().untilAsserted(() -> assertThat(upstream.open()).isZero());
        }
    }

    private static String expecting(String target) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    }

    @Test
    void handsOnEarlyHintsBeforeTheResponseIsThere() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    awaitGoOn();
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String hints = caller.send("GET /hints HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            goOn.release();
            String answer = caller.readResponse();

            assertThat(hints).startsWith("HTTP/1.1 103 Early Hints\r\n").contains("Link: </a>\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
        }
    }

    @Test
    void answersWhileTheRequestIsStillComing() throws IOException {
        try (var upstream = ScriptedUpstream.onHead((_, out, socket) -> {
                    ScriptedUpstream.readExactly(socket.getInputStream(), 1000);
                    ScriptedUpstream.write(
                            out, "HTTP/1.1 409 Enough\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + "a".repeat(2000));
            String answer = caller.readResponse();

            assertThat(answer)
                    .startsWith("HTTP/1.1 409 Enough\r\n")
                    .contains("Connection: close\r\n")
                    .endsWith("no");
            assertThat(caller.readToEnd()).isEmpty();
            JsonNode request = node.session("/early").get("request");
            assertThat(request.get("bodyBytes").asInt()).isEqualTo(2000);
            assertThat(request.has("bodySha256")).isFalse();
            await().untilAsserted(() -> assertThat(upstream.open()).isZero());
        }
    }

    @Test
    void handsOnTheAnswerOfAnUpstreamThatResetsTheUpload() throws Exception {
        try (var upstream = ScriptedUpstream.onHead((_, out, _) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 413 Big\r\nContent-Length: 2\r\n\r\nno");
                    return false;
                });
                var node = RunningNode.strict(folder, upstream.port())) {
            for (int i = 0; i < UPLOADS; i++) {
                try (RawClient caller = node.caller()) {
                    var upload = Thread.ofVirtual().start(() -> upload(caller));

                    assertThat(caller.readResponse())
                            .startsWith("HTTP/1.1 413 Big\r\n")
                            .endsWith("no");
                    upload.join();
                }
            }
        }
    }

    private static void upload(RawClient caller) {
        try {
            caller.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
            for (int i = 0; i < 500; i++) {
                caller.send(new byte[100_000]);
            }
        } catch (IOException _) {
            // Answered and closed before all was sent.
        }
    }
}
