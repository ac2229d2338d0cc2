// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What policies let pass, through the whole proxy. */
@Timeout(120)
class PolicyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String POLICIES = """
            policies:
              no-admin:
                when: { path: /admin/** }
                action: deny
                message: The admin API is not reachable through Hansard.
              big-refunds:
                when: { service: test, method: POST, path: /v1/refunds/** }
                expr: request.json.amount > 1000
                action: deny
              watch:
                when: { header: { x-watch: "*" } }
                action: deny
                observe: true
            """;

    @TempDir
    Path folder;

    private RunningNode node(int upstreamPort, String policies) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                storage: { data-dir: "%s" }
                """.formatted(upstreamPort, folder.resolve("data")) + policies);
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String refund(String target, String json) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }

    @Test
    void deniesByTheHeadBeforeTheContentIsReadAndRecordsIt() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            String answer = caller.send(head(
                            "POST //admin/./users HTTP/1.1",
                            "Host: a",
                            "Expect: 100-continue",
                            "Content-Length: 1000000"))
                    .readResponse();

            assertThat(answer)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("policy_denied", "Policy 'no-admin' denies this request: The admin API is not");
            assertThat(upstream.requests()).isEmpty();
            JsonNode session = node.session("/admin/users");
            assertThat(session.get("state").asText()).isEqualTo("refused");
            assertThat(session.get("code").asText()).isEqualTo("policy_denied");
            assertThat(session.at("/decision/action").asText()).isEqualTo("denied");
            assertThat(session.at("/decision/policies").toString()).isEqualTo("[\"no-admin\"]");
            assertThat(session.at("/decision/version").asText()).hasSize(16);
        }
    }

    @Test
    void decidesByTheContentAndForwardsExactlyThat() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            String small = caller.send(refund("/v1/refunds/1", "{\"amount\": 1e3 , \"x\":1}"))
                    .readResponse();
            String big =
                    caller.send(refund("/v1/refunds/2", "{\"amount\": 1001}")).readResponse();
            String again =
                    caller.send("GET /v1/refunds HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();

            assertThat(small).startsWith("HTTP/1.1 200 ");
            assertThat(big).startsWith("HTTP/1.1 403 ").contains("policy_denied", "big-refunds");
            assertThat(again).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.requests()).hasSize(2);
            assertThat(upstream.requests().getFirst()).endsWith("\r\n\r\n{\"amount\": 1e3 , \"x\":1}");
            JsonNode passed = node.session("/v1/refunds/1");
            assertThat(passed.at("/decision/action").asText()).isEqualTo("allowed");
            assertThat(passed.at("/request/bodyBytes").asInt()).isEqualTo(23);
            JsonNode denied = node.session("/v1/refunds/2");
            assertThat(denied.at("/decision/policies").toString()).isEqualTo("[\"big-refunds\"]");
            assertThat(denied.at("/request/bodyBytes").asInt()).isEqualTo(16);
        }
    }

    @Test
    void decidesByAContentInChunksThatComesSlowly() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            caller.send(head(
                    "POST /v1/refunds/1 HTTP/1.1", "Host: a", "Expect: 100-continue", "Transfer-Encoding: chunked"));
            String goOn = caller.readHead();
            caller.send("4\r\n{\"am\r\n");
            caller.send("8\r\nount\": 5\r\n1\r\n}\r\n0\r\nX-Trailer: 1\r\n\r\n");
            String answer = caller.readResponse();
            String denied = caller.send(head("POST /v1/refunds/2 HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                            + "8\r\n{\"amount\r\n8\r\n\":  5000\r\n1\r\n}\r\n0\r\n\r\n")
                    .readResponse();

            assertThat(goOn).startsWith("HTTP/1.1 100 ");
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(denied).startsWith("HTTP/1.1 403 ");
            assertThat(upstream.requests())
                    .singleElement()
                    .asString()
                    .contains("\r\nd\r\n{\"amount\": 5}\r\n0\r\n\r\n");
        }
    }

    @Test
    void deniesWhatItCannotDecideOn() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            for (String json : new String[] {"{\"amount\": 1", "{\"amount\": 1, \"amount\": 5000}", "{}", ""}) {
                assertThat(caller.send(refund("/v1/refunds/x", json)).readResponse())
                        .startsWith("HTTP/1.1 403 ")
                        .contains("policy_error", "big-refunds");
            }

            assertThat(upstream.requests()).isEmpty();
            assertThat(node.session("/v1/refunds/x").get("code").asText()).isEqualTo("policy_error");
        }
    }

    @Test
    void refusesAContentThatIsTooLargeToDecideOn() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES + "decisions: { body-bytes: 64B }\n");
                var announced = node.caller();
                var chunked = node.caller()) {
            String first = announced
                    .send("POST /v1/refunds/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n")
                    .readResponse();
            String second = chunked.send("POST /v1/refunds/2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "41\r\n" + "x".repeat(65) + "\r\n")
                    .readResponse();

            assertThat(first).startsWith("HTTP/1.1 413 ").contains("body_too_large_for_policy");
            assertThat(second).startsWith("HTTP/1.1 413 ").contains("body_too_large_for_policy");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void carriesALargeHeldContentWhole() throws IOException {
        String json = "{\"amount\": 1, \"note\": \"" + "n".repeat(900_000) + "\"}";
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            String answer = caller.send(refund("/v1/refunds/1", json)).readResponse();

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.requests()).singleElement().asString().endsWith("\r\n\r\n" + json);
        }
    }

    @Test
    void onlyRecordsWhatAnObservingPolicyWouldHaveDone() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), POLICIES);
                var caller = node.caller()) {
            String answer = caller.send("GET /seen HTTP/1.1\r\nHost: a\r\nX-Watch: 1\r\n\r\n")
                    .readResponse();

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(node.session("/seen").at("/decision/observed").toString())
                    .isEqualTo("[\"watch\"]");
        }
    }

    @Test
    void seesOnlyFieldsThatTheTargetGets() throws IOException {
        String policies = """
                policies:
                  signed: { when: { no-header: x-signature }, action: deny }
                """;
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), policies);
                var caller = node.caller()) {
            String hidden = caller.send(
                            "GET /a HTTP/1.1\r\nHost: a\r\nX-Signature: 1\r\nConnection: x-signature\r\n\r\n")
                    .readResponse();
            String sent = caller.send("GET /b HTTP/1.1\r\nHost: a\r\nX-Signature: 1\r\n\r\n")
                    .readResponse();

            assertThat(hidden).startsWith("HTTP/1.1 403 ");
            assertThat(sent).startsWith("HTTP/1.1 200 ");
        }
    }
}
