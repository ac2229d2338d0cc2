// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that keep failing, through the whole proxy. */
@Timeout(120)
class CircuitTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String DOWN = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\ndown";
    private static final String BUG = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    /** Long enough for a test to see it open. */
    private static final String LONG = "{ failures: 50%, of: 4, window: 60s, open: 10m, trials: 2 }";

    @TempDir
    Path folder;

    private final AtomicReference<String> answer = new AtomicReference<>(OK);

    private ScriptedUpstream upstream() {
        return ScriptedUpstream.with((_, out, _) -> {
            ScriptedUpstream.write(out, answer.get());
            return !answer.get().isEmpty();
        });
    }

    private RunningNode node(String circuit, int... ports) throws IOException {
        List<String> urls = java.util.Arrays.stream(ports)
                .mapToObj(port -> "\"http://127.0.0.1:" + port + "\"")
                .toList();
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services:
                  test: { upstream: { urls: [%s] }, match: [{ path-prefix: / }], circuit: %s }
                storage: { data-dir: "%s" }
                policies:
                  ask: { when: { path: /ask }, action: require-approval, approval: { hold: 60s, expires: 1h } }
                """.formatted(String.join(", ", urls), circuit, folder.resolve("data")));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static int closedPort() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static long figure(RunningNode node, String name) throws IOException {
        return new ObjectMapper()
                .readTree(node.admin("/api/v1/counters").body())
                .get("figures")
                .get(name)
                .asLong(-1);
    }

    private static void call(RawClient caller, int times, String expected) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(caller.send(get("/x")).readResponse()).startsWith("HTTP/1.1 " + expected);
        }
    }

    @Test
    void leavesAnUpstreamAloneThatKeepsFailing() throws IOException {
        answer.set(DOWN);
        try (var upstream = upstream();
                var node = node(LONG, upstream.port());
                var caller = node.caller()) {
            call(caller, 4, "503 Service");
            int asked = upstream.requests().size();

            String refused = caller.send(get("/open")).readResponse();
            String post = caller.send("POST /open2 HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
                    .readResponse();

            assertThat(refused)
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"circuit_open\"", "Hansard-Session: ses_")
                    .containsPattern("\r\nRetry-After: (600|59[0-9])\r\n")
                    .doesNotContain("Connection: close");
            assertThat(post).startsWith("HTTP/1.1 503 ").contains("circuit_open", "Connection: close");
            assertThat(upstream.requests()).hasSize(asked);
            assertThat(node.session("/open").get("code").asText()).isEqualTo("circuit_open");
            String label = "{service=\"test\",upstream=\"http://127.0.0.1:" + upstream.port() + "\"}";
            assertThat(figure(node, "hansard_circuit_state" + label)).isEqualTo(2);
            assertThat(figure(node, "hansard_circuit_refused_total{service=\"test\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void asksAgainAfterATimeAndHeals() throws IOException {
        answer.set(DOWN);
        try (var upstream = upstream();
                var node = node("{ of: 4, open: 200ms, trials: 2 }", upstream.port());
                var caller = node.caller()) {
            call(caller, 4, "503 Service");
            answer.set(OK);

            await().until(() -> caller.send(get("/x")).readResponse(), text -> text.startsWith("HTTP/1.1 200 "));
            call(caller, 20, "200 ");

            String label = "{service=\"test\",upstream=\"http://127.0.0.1:" + upstream.port() + "\"}";
            assertThat(figure(node, "hansard_circuit_state" + label)).isZero();
            assertThat(figure(node, "hansard_circuit_opened_total" + label)).isOne();
        }
    }

    @Test
    void passesOverAnUpstreamThatCannotBeReached() throws IOException {
        int closed = closedPort();
        try (var upstream = upstream();
                var node = node("{ failures: 100%, of: 3, open: 10m }", closed, upstream.port());
                var caller = node.caller()) {
            call(caller, 20, "200 ");

            assertThat(upstream.requests()).hasSize(20);
            assertThat(figure(
                            node,
                            "hansard_circuit_opened_total{service=\"test\",upstream=\"http://127.0.0.1:" + closed
                                    + "\"}"))
                    .isOne();
        }
    }

    @Test
    void countsOnlyWhatTheUpstreamFailsIn() throws IOException {
        answer.set(BUG);
        try (var upstream = upstream();
                var node = node("{ failures: 1%, of: 1, open: 10m }", upstream.port());
                var caller = node.caller()) {
            call(caller, 5, "500 ");
            answer.set("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            call(caller, 5, "404 ");
            try (var leaving = node.caller()) {
                leaving.send("POST /left HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab");
                await().until(() -> upstream.begun() == 11);
            }
            node.session("/left");
            caller.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
                    .readToEnd();

            answer.set(OK);
            try (var other = node.caller()) {
                call(other, 1, "200 ");
            }
        }
    }

    @Test
    void countsAnAnswerThatBreaksOff() throws IOException {
        answer.set("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    ScriptedUpstream.write(out, answer.get());
                    return false;
                });
                var node = node("{ failures: 100%, of: 2, open: 10m }", upstream.port())) {
            for (int i = 0; i < 2; i++) {
                try (var caller = node.caller()) {
                    caller.send(get("/x")).readToEnd();
                }
            }

            try (var caller = node.caller()) {
                assertThat(caller.send(get("/x")).readResponse()).contains("circuit_open");
            }
        }
    }

    @Test
    void keepsWhatWasApprovedUntilTheUpstreamIsWell() throws IOException {
        var ann = new Visitor(
                Access.toEverything(new Caller("corp", "ann", List.of("leads")), "a test"), "127.0.0.1", null);
        try (var upstream = upstream();
                var node = node("{ of: 2, open: 3s, trials: 1 }", upstream.port());
                var caller = node.caller()) {
            String accepted = caller.send("GET /ask HTTP/1.1\r\nHost: a\r\nPrefer: respond-async\r\n\r\n")
                    .readResponse();
            assertThat(accepted).startsWith("HTTP/1.1 202 ");
            answer.set(DOWN);
            call(caller, 2, "503 Service");
            Approval asked = node.approvals()
                    .list(ann, Set.of(ApprovalState.PENDING), null, 10)
                    .getFirst();

            node.approvals().decide(ann, asked.id(), Vote.Verdict.APPROVE, "fine", asked.digest());
            answer.set(OK);
            String poll = get("/.hansard/approvals/" + asked.id());
            String got = await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> caller.send(poll).readResponse(),
                            Predicate.not(text -> text.startsWith("HTTP/1.1 202")));

            assertThat(got).startsWith("HTTP/1.1 200 ").endsWith("ok");
            assertThat(upstream.requests()).hasSize(3);
        }
    }
}
