// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running node takes its policies anew, all of them or none. */
@Timeout(120)
class ReloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String DENY = "policies: { no-x: { when: { path: /x }, action: deny } }\n";
    private static final int CALLERS = 4;
    private static final int RELOADS = 30;

    @TempDir
    Path folder;

    private static String configuration(int upstreamPort, String more) {
        return """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                """.formatted(upstreamPort) + more;
    }

    private ConfiguredNode node(int upstreamPort, String more) {
        return ConfiguredNode.start(folder, configuration(upstreamPort, more) + "reload: manual\n");
    }

    private void write(int upstreamPort, String more) throws IOException {
        Files.writeString(folder.resolve("hansard.yaml"), configuration(upstreamPort, more));
    }

    private static String get(ConfiguredNode node, String path) throws IOException {
        try (RawClient caller = node.caller("default")) {
            return caller.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
        }
    }

    private static JsonNode reload(ConfiguredNode node) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(node.adminUrl() + "/api/v1/config:reload"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }
    }

    @Test
    void putsNewPoliciesInForceAndSaysWhatNeedsARestart() throws IOException, InterruptedException {
        try (var upstream = ScriptedUpstream.answering(OK);
                ConfiguredNode node = node(upstream.port(), "")) {
            String before = get(node, "/x");
            write(upstream.port(), DENY + "retention: { default: 2d }\n");
            JsonNode reloaded = reload(node);
            String after = get(node, "/x");

            assertThat(before).startsWith("HTTP/1.1 200 ");
            assertThat(after).startsWith("HTTP/1.1 403 ").contains("no-x");
            assertThat(reloaded.path("applied").asBoolean()).isTrue();
            assertThat(reloaded.path("changed").toString()).isEqualTo("[\"policies\"]");
            assertThat(reloaded.path("needRestart").toString()).isEqualTo("[\"reload\",\"retention\"]");
            assertThat(node.get("", "/api/v1/policies").body())
                    .contains(
                            "\"name\":\"no-x\"",
                            "\"applied\":1",
                            reloaded.path("version").asText());
            assertThat(node.get("", "/api/v1/audit").body()).contains("configuration_reloaded", "configuration_loaded");
        }
    }

    @Test
    void keepsTheLastGoodWhenAnythingIsWrong() throws IOException, InterruptedException {
        try (var upstream = ScriptedUpstream.answering(OK);
                ConfiguredNode node = node(upstream.port(), DENY)) {
            write(upstream.port(), "policies: { no-x: { when: { path: /x }, action: allow, expr: request.jsn } }\n");
            JsonNode reloaded = reload(node);

            assertThat(reloaded.path("applied").asBoolean()).isFalse();
            assertThat(reloaded.at("/problems/0/at").asText()).endsWith("hansard.yaml:6:62");
            assertThat(reloaded.at("/problems/0/message").asText()).contains("undeclared reference to 'request'");
            assertThat(get(node, "/x")).startsWith("HTTP/1.1 403 ");
            assertThat(node.get("", "/readyz").body())
                    .contains("\"ready\":true", "the configuration has 1 error, so that the last good one stays");
            assertThat(node.get("", "/api/v1/audit").body()).contains("configuration_kept");
            write(upstream.port(), "");
            assertThat(reload(node).path("applied").asBoolean()).isTrue();
            assertThat(get(node, "/x")).startsWith("HTTP/1.1 200 ");
            assertThat(node.get("", "/readyz").body()).doesNotContain("the configuration has");
        }
    }

    @Test
    void seesByItselfThatItsFilesHaveChanged() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK)) {
            try (ConfiguredNode node = ConfiguredNode.start(folder, configuration(upstream.port(), ""))) {
                write(upstream.port(), DENY);

                await().atMost(Duration.ofSeconds(20))
                        .until(() -> get(node, "/x").startsWith("HTTP/1.1 403 "));
            }
        }
    }

    @Test
    void failsNoCallAndNeverMixesTwoVersionsUnderLoad() throws Exception {
        String first = "policies: { a1: { action: deny, observe: true }, a2: { action: deny, observe: true } }\n";
        String second = "policies: { b1: { action: deny, observe: true }, b2: { action: deny, observe: true } }\n";
        var stop = new AtomicBoolean();
        try (var upstream = ScriptedUpstream.answering(OK);
                ConfiguredNode node = node(upstream.port(), first);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(callers.submit((Callable<Integer>) () -> callUntil(stop, node)));
            }
            for (int i = 0; i < RELOADS; i++) {
                write(upstream.port(), i % 2 == 0 ? second : first);
                assertThat(reload(node).path("applied").asBoolean()).isTrue();
            }
            stop.set(true);
            int made = 0;
            for (Future<Integer> call : calls) {
                made += call.get();
            }

            assertThat(made).isGreaterThan(RELOADS);
            assertThat(observed(node, made))
                    .isSubsetOf("[\"a1\",\"a2\"]", "[\"b1\",\"b2\"]")
                    .hasSize(2);
        }
    }

    private static int callUntil(AtomicBoolean stop, ConfiguredNode node) throws IOException {
        int made = 0;
        while (!stop.get()) {
            assertThat(get(node, "/")).startsWith("HTTP/1.1 200 ");
            made++;
        }
        return made;
    }

    /** What the records of all calls say, each once; each version names what it saw. */
    private static Set<String> observed(ConfiguredNode node, int made) throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> JSON.readTree(node.get("", "/api/v1/counters").body())
                                .path("recorded")
                                .asInt()
                        == made);
        var seen = new java.util.TreeSet<String>();
        JsonNode page = JSON.readTree(node.get("", "/api/v1/sessions?limit=60").body());
        for (JsonNode row : page.path("items")) {
            String session =
                    node.get("", "/api/v1/sessions/" + row.path("id").asText()).body();
            seen.add(JSON.readTree(session).at("/decision/observed").toString());
        }
        return seen;
    }
}
