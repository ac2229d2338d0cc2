// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.wiring.AgentNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a service that only an agent reaches. */
@Timeout(60)
class AgentTest {
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path folder;

    private AgentFixture agents;

    @BeforeEach
    void startGateway() throws IOException {
        agents = AgentFixture.gateway(folder);
    }

    @AfterEach
    void stop() {
        agents.close();
    }

    private static String service(ScriptedUpstream target) {
        return "ledger: { upstream: 'http://127.0.0.1:" + target.port() + "' }";
    }

    @Test
    void servesACallThroughTheAgent() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("GET /books?a=1 HTTP/1.1\r\nHost: books.example.com\r\n\r\n");
                String response = caller.readResponse();

                assertThat(response)
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .endsWith("hello")
                        .contains("Hansard-Session: ses_");
                assertThat(target.requests()).hasSize(1);
                assertThat(target.requests().getFirst())
                        .startsWith("GET /books?a=1 HTTP/1.1\r\n")
                        .contains("Host: 127.0.0.1:" + target.port() + "\r\n")
                        .contains("X-Forwarded-Host: books.example.com\r\n")
                        .doesNotContain("Hansard-Service");
            }
        }
    }

    @Test
    void sendsAContentBothWays() throws IOException {
        try (var target = ScriptedUpstream.with((request, out, _) -> {
            String content = request.substring(request.indexOf("\r\n\r\n") + 4);
            ScriptedUpstream.write(
                    out, "HTTP/1.1 201 Created\r\nContent-Length: " + content.length() + "\r\n\r\n" + content);
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                for (int call = 0; call < 20; call++) {
                    caller.send("POST /b HTTP/1.1\r\nHost: b\r\nContent-Length: 6\r\n\r\ncall" + (10 + call));

                    assertThat(caller.readResponse())
                            .startsWith("HTTP/1.1 201 Created\r\n")
                            .endsWith("call" + (10 + call));
                }
            }
        }
    }

    @Test
    void saysThatNoAgentIsConnected() throws IOException {
        try (RawClient caller = agents.caller()) {
            caller.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");

            assertThat(caller.readResponse())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"agent_unavailable\"")
                    .contains("Retry-After: 5\r\n");
        }
    }

    @Test
    void answersAHeadAndAResponseWithoutContent() throws IOException {
        try (var target = ScriptedUpstream.with((request, out, _) -> {
            boolean isHead = request.startsWith("HEAD");
            ScriptedUpstream.write(
                    out, isHead ? "HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n");
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                String head = caller.send("HEAD / HTTP/1.1\r\nHost: b\r\n\r\n").readHead();
                String deleted =
                        caller.send("DELETE /1 HTTP/1.1\r\nHost: b\r\n\r\n").readHead();
                String again = caller.send("HEAD / HTTP/1.1\r\nHost: b\r\n\r\n").readHead();

                assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 42\r\n");
                assertThat(deleted).startsWith("HTTP/1.1 204 ").doesNotContain("Content-Length");
                assertThat(again).startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @Test
    void handsOnAnEventBeforeTheNextIsSent() throws IOException {
        var goOn = new Semaphore(0);
        try (var target = ScriptedUpstream.with((_, out, _) -> {
            ScriptedUpstream.write(out, EVENTS + "9\r\ndata: 1\n\n\r\n");
            goOn.acquireUninterruptibly();
            ScriptedUpstream.write(out, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("GET /events HTTP/1.1\r\nHost: b\r\n\r\n").readHead();
                String first = caller.read("9\r\ndata: 1\n\n\r\n".length());
                goOn.release();
                String second = caller.read("9\r\ndata: 2\n\n\r\n0\r\n\r\n".length());

                assertThat(first).contains("data: 1");
                assertThat(second).contains("data: 2").endsWith("0\r\n\r\n");
            } finally {
                goOn.release();
            }
        }
    }

    @Test
    void carriesBothContentsAtTheSameTime() throws IOException {
        try (var target = ScriptedUpstream.onHead((_, out, socket) -> {
            ScriptedUpstream.write(out, EVENTS);
            ScriptedUpstream.write(out, ScriptedUpstream.readExactly(socket.getInputStream(), 6));
            ScriptedUpstream.write(out, ScriptedUpstream.readExactly(socket.getInputStream(), 5));
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("POST /echo HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .readHead();
                String first = caller.send("1\r\na\r\n").read(6);
                String end = caller.send("0\r\n\r\n").read(5);

                assertThat(first + end).isEqualTo("1\r\na\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void handsOnTrailersToACallerWhoTakesThem() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum"
                + "\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n")) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                String with = caller.send("GET / HTTP/1.1\r\nHost: b\r\nConnection: TE\r\nTE: trailers\r\n\r\n")
                        .readResponse();
                String without =
                        caller.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n").readResponse();

                assertThat(with).contains("Trailer: X-Sum\r\n").endsWith("0\r\nX-Sum: 7\r\n\r\n");
                assertThat(without).doesNotContain("X-Sum").endsWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void passesAnExpectationOnAndTheContinueBack() throws IOException {
        try (var target = ScriptedUpstream.onHead((_, out, socket) -> {
            ScriptedUpstream.write(out, "HTTP/1.1 100 Continue\r\n\r\n");
            String content = ScriptedUpstream.readExactly(socket.getInputStream(), 4);
            ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + content);
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
                String interim = caller.readHead();
                String response = caller.send("data").readResponse();

                assertThat(interim).startsWith("HTTP/1.1 100 ");
                assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").endsWith("data");
            }
        }
    }

    @Test
    void handsOnAnAnswerThatComesBeforeTheContentHasEnded() throws IOException {
        try (var target = ScriptedUpstream.onHead((_, out, _) -> {
            ScriptedUpstream.write(
                    out, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return false;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 1000000\r\n\r\nonly the beginning");

                assertThat(caller.readHead()).startsWith("HTTP/1.1 413 Content Too Large\r\n");
            }
        }
    }

    @Test
    void sendsTenMebibytesBothWays() throws IOException {
        byte[] content = new byte[10 * 1024 * 1024];
        new Random(5).nextBytes(content);
        try (var target = ScriptedUpstream.onHead((_, out, socket) -> {
            byte[] received = socket.getInputStream().readNBytes(content.length);
            ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + received.length + "\r\n\r\n");
            out.write(received);
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: " + content.length + "\r\n\r\n");
                caller.send(content).readHead();
                byte[] back = caller.in().readNBytes(content.length);

                assertThat(Arrays.equals(back, content)).isTrue();
            }
        }
    }

    @Test
    void keepsOneConnectionForCallsOneAfterTheOther() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            AgentNode agent = agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                for (int call = 0; call < 50; call++) {
                    caller.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n").readResponse();
                }
            }

            assertThat(target.connections()).isEqualTo(1);
            assertThat(agent.connections()).isLessThanOrEqualTo(8);
        }
    }
}
