// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PolicyCommandsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String BIG = """
            policies:
              big-refunds:
                when: { service: pay, method: POST, path: /v1/refunds/** }
                expr: request.json.amount > 1000
                action: deny
                message: Refunds above 1000 need a person.
              no-guests:
                when: { caller: guest }
                action: deny
                observe: true
            """;

    @TempDir
    Path folder;

    private static String configuration(int port, String policies) {
        return """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: /pay, strip-prefix: true }] }
                """.formatted(port) + policies;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Screen run(String... arguments) {
        Screen screen = Screen.piped(Map.of());
        screen.run(arguments);
        return screen;
    }

    @Test
    void explainsFromAFileWithoutANode() throws IOException {
        String config = file("c.yaml", configuration(1, BIG));
        String body = file("body.json", "{\"amount\": 2000}");

        Screen screen = Screen.piped(Map.of());
        int code = screen.run(
                "explain",
                "POST",
                "http://shop.test/pay//v1/refunds/7",
                "-c",
                config,
                "--caller",
                "guest",
                "--body",
                body);

        assertThat(code).as(screen.err()).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(screen.out())
                .contains("service  pay\n", "path     /v1/refunds/7\n", "outcome  refused\n")
                .contains("answer   403 policy_denied\n", "Refunds above 1000 need a person.")
                .containsPattern("big-refunds +deny +applies")
                .containsPattern("no-guests +deny \\(observes\\) +applies");
    }

    @Test
    void saysThatNoRouteLeadsAnywhere() throws IOException {
        String config = file("c.yaml", configuration(1, BIG));

        assertThat(run("explain", "GET", "/other", "-c", config).out()).contains("service  none", "404 no_service");
        assertThat(run("explain", "GET", "/pay/%2e%2e%2f", "-c", config, "-o", "id")
                        .out())
                .isEqualTo("refused\n");
        assertThat(run("explain", "GET", "/pay/ok", "-c", config, "-o", "id").out())
                .isEqualTo("allowed\n");
    }

    @Test
    void holdsPoliciesAgainstATable() throws IOException {
        file("c.yaml", configuration(1, BIG));
        String table = file("t.yaml", """
                config: c.yaml
                tests:
                  - name: small refunds pass
                    request: { method: POST, url: /pay/v1/refunds/1, body: '{"amount": 10}' }
                    expect: allow
                  - name: large ones do not
                    request: { method: POST, url: /pay/v1/refunds/1, body: '{"amount": 1001}' }
                    caller: { subject: guest, groups: [shop] }
                    expect:
                      { outcome: deny, code: policy_denied, service: pay, policies: [big-refunds], observed: [no-guests] }
                """);

        Screen screen = run("policies", "test", table);

        assertThat(screen.out()).as(screen.err()).isEqualTo("2 as expected, 0 not\n");
    }

    @Test
    void saysWhatIsNotAsExpectedAndWhere() throws IOException {
        String config = file("c.yaml", configuration(1, BIG));
        String table = file("t.yaml", """
                tests:
                  - name: a mistake
                    request: { url: /pay/v1 }
                    expect: { outcome: deny, policies: [big-refunds] }
                """);
        Screen screen = Screen.piped(Map.of());

        int code = screen.run("policies", "test", table, "--config", config);

        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(screen.out()).isEqualTo("""
                FAIL %s:2:5: a mistake
                  outcome: expected refused, but is allowed
                  policies: expected [big-refunds], but are []
                0 as expected, 1 not
                """.formatted(table));
    }

    @Test
    void refusesATableThatIsWrong() throws IOException {
        String table = file("t.yaml", "tests: [{ name: x, request: { uri: / } }]\n");
        Screen screen = Screen.piped(Map.of());

        int code = screen.run("policies", "test", table);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("unknown key 'uri'", "did you mean 'url'?", "tests[0] expects nothing");
    }

    @Test
    void listsExplainsReloadsAndSimulatesOnANode() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                ConfiguredNode node = ConfiguredNode.start(folder, configuration(upstream.port(), ""))) {
            try (RawClient caller = node.caller("in")) {
                post(caller, "{\"amount\": 5000}");
                post(caller, "{\"amount\": 5}");
                caller.send("GET /pay/v1/refunds HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            }
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Screen listed = node.run("", "sessions", "ls", "-o", "id");
                assertThat(listed.out().lines()).as(listed.err()).hasSize(3);
            });
            String candidate = file("candidate.yaml", configuration(upstream.port(), BIG));

            Screen simulated = node.run("", "policies", "simulate", "service:pay", "--policies", candidate);
            Screen before = node.run("", "policies", "ls", "-o", "id");
            file("hansard.yaml", configuration(upstream.port(), BIG));
            Screen reloaded = node.run("", "config", "reload");
            Screen after = node.run("", "policies", "ls");
            Screen explained = node.run("", "explain", "GET", "/pay/v1/refunds", "--caller", "guest");

            assertThat(simulated.out())
                    .as(simulated.err())
                    .containsPattern("ses_\\S+ +allowed +deny +big-refunds +POST");
            assertThat(simulated.err()).contains("2 as before", "1 would no longer pass", "0 would pass now");
            assertThat(before.out()).isEmpty();
            assertThat(reloaded.out()).as(reloaded.err()).startsWith("changed policies; policies ");
            assertThat(after.out()).containsPattern("big-refunds +deny +0 +0 +pay +\\S+hansard.yaml:8:3");
            assertThat(explained.out()).contains("outcome  allowed", "method does not fit");
        }
    }

    private static void post(RawClient caller, String json) throws IOException {
        assertThat(caller.send("POST /pay/v1/refunds/1 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + json.length() + "\r\n\r\n" + json)
                        .readResponse())
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void saysWhatKeptTheLastGoodConfiguration() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                ConfiguredNode node = ConfiguredNode.start(folder, configuration(upstream.port(), ""))) {
            file("hansard.yaml", configuration(upstream.port(), "policies: { p: { action: forbid } }\n"));

            Screen screen = node.run("", "config", "reload");

            assertThat(screen.err())
                    .contains("hansard.yaml:7:26: error: policies.p.action must be one of allow, deny")
                    .contains("nothing was changed");
            assertThat(screen.out()).isEmpty();
        }
    }
}
