// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a connection on either side, and what it survives. */
class ConnectionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

    @TempDir
    Path folder;

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    String target = request.split(" ", 3)[1];
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + target);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nGET "
                    + "POST /4 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nGET \r\n0\r\n\r\n"
                    + "GET /5 HTTP/1.1\r\nHost: a\r\n\r\n");
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(caller.readContent(caller.readHead()));
            }

            assertThat(answers).containsExactly("/1", "/2", "/3", "/4", "/5");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void answersACallerWhoHalfClosedAfterItsRequest() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send(POST).halfClose();

            assertThat(caller.readResponse()).endsWith("\r\n\r\nok");
            assertThat(caller.readToEnd()).isEmpty();
        }
    }

    @Test
    void closesWhenTheCallerAsksForIt() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(caller.readResponse()).contains("\r\nConnection: close\r\n");
            assertThat(caller.readToEnd()).isEmpty();
        }
    }

    @Test
    void refusesACallerOfAnOlderVersion() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").readToEnd();

            assertThat(answer).startsWith("HTTP/1.1 505 ").contains("\r\nConnection: close\r\n");
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void turnsACloseDelimitedResponseIntoAChunkedOne() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, "HTTP/1.0 200 OK\r\n\r\nhello");
                    return false;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String first = caller.send(GET).readResponse();
            String second = caller.send(GET).readResponse();

            assertThat(first).contains("Transfer-Encoding: chunked").doesNotContain("Connection: close");
            assertThat(second).endsWith("\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void keepsBothConnectionsForResponsesWithoutContent() throws IOException {
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    ScriptedUpstream.write(
                            out,
                            request.startsWith("HEAD")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                                    : request.contains(" /204 ")
                                            ? "HTTP/1.1 204 Nothing\r\n\r\n"
                                            : request.contains(" /304 ")
                                                    ? "HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n"
                                                    : OK);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String head = caller.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            String nothing = caller.send("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            String same = caller.send("GET /304 HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            String last = caller.send(GET).readResponse();

            assertThat(head).startsWith("HTTP/1.1 200 ").contains("\r\nContent-Length: 9\r\n");
            assertThat(nothing).startsWith("HTTP/1.1 204 ").doesNotContain("Content-Length", "Transfer-Encoding");
            assertThat(same).startsWith("HTTP/1.1 304 ").contains("\r\nContent-Length: 9\r\n");
            assertThat(last).endsWith("\r\n\r\nok");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void failsNoCallWhenAnUpstreamClosedAKeptConnection() throws IOException {
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, OK);
                    return false;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            for (int i = 0; i < 10; i++) {
                assertThat(caller.send(i % 2 == 0 ? POST : GET).readResponse()).startsWith("HTTP/1.1 200 ");
                await().until(() -> upstream.open() == 0);
            }

            assertThat(upstream.connections()).isEqualTo(10);
        }
    }

    @Test
    void sendsAGetAgainWhenAKeptConnectionDiesUnderIt() throws IOException {
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    if (request.startsWith("GET /dies ") && dies(request)) {
                        return false;
                    }
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send(GET).readResponse();
            String answer = caller.send("GET /dies HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.requests()).hasSize(3);
            assertThat(node.session("/dies").get("state").asText()).isEqualTo("complete");
        }
    }

    private final List<String> died = new ArrayList<>();

    private boolean dies(String request) {
        died.add(request);
        return died.size() == 1;
    }

    @Test
    void neverSendsAPostTwice() throws IOException {
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    if (request.startsWith("POST")) {
                        return false;
                    }
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send(GET).readResponse();
            String answer = caller.send(POST).readResponse();

            assertThat(answer).startsWith("HTTP/1.1 502 ").contains("upstream_closed");
            assertThat(upstream.requests()).hasSize(2);
            assertThat(caller.send(GET).readResponse()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void neverTakesUnaskedBytesForTheNextResponse() throws IOException {
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    ScriptedUpstream.write(out, OK);
                    if (request.startsWith("GET /speaks ")) {
                        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                        ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nPOISON");
                        spoken.release();
                    }
                    return true;
                });
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            caller.send("GET /speaks HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            spoken.acquireUninterruptibly();
            String next = caller.send(GET).readResponse();

            assertThat(next).endsWith("\r\n\r\nok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    private final Semaphore spoken = new Semaphore(0);

    @Test
    void answersARefusedHeadOnceAndThenClosesByItself() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String all = caller.send("GET  / HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd();

            assertThat(all).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
            assertThat(node.admin("/api/v1/counters").body()).contains("\"received\":1,");
        }
    }
}
