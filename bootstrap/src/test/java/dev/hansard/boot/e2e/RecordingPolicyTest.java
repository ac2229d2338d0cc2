// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of a call is recorded, how surely, and what happens when it cannot be. */
class RecordingPolicyTest {
    private static final int KEPT = 1000;
    private static final int LONG = 300_000;
    private static final int LINE = 50;
    private static final int LARGE = 4 * 1024 * 1024;
    private static final int FILE_BYTES = 64 * 1024 * 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void saysWhichDurabilityApplied(Durability durability) throws IOException {
        try (var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var node = node(durability, LARGE, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send("GET /one HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            JsonNode session = node.session("/one");
            assertThat(session.get("durability").asText()).isEqualToIgnoringCase(durability.name());
            assertThat(session.get("state").asText()).isEqualTo("complete");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void forwardsWholeWhatItRecordsInPart(Durability durability) throws Exception {
        String content = random(LONG, 1);
        try (var upstream = ScriptedUpstream.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n" + content);
                var node = node(durability, KEPT, upstream.port());
                var caller = node.caller()) {
            caller.send("POST /large HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Chunks.of(content, 50_000));
            String answer = caller.readContent(caller.readHead());

            assertThat(answer.equals(content)).isTrue();
            assertThat(contentOf(upstream.requests().getFirst()).equals(content))
                    .isTrue();
            JsonNode session = node.session("/large");
            assertThat(session.get("state").asText()).isEqualTo("complete");
            assertThat(session.get("truncated").asBoolean()).isTrue();
            for (String side : List.of("request", "response")) {
                assertTruncated(session.get(side));
                // A value at the cut could be half a secret, so whole lines are kept.
                String kept = body(node, session, side);
                assertThat(content).startsWith(kept);
                assertThat(kept).endsWith("\n").hasSizeBetween(KEPT - LINE, KEPT);
                assertThat(session.at("/" + side + "/keptBytes").asInt()).isEqualTo(kept.length());
            }
            assertThat(session.at("/request/masking/digest").asText())
                    .matches("[0-9a-f]{8}:[0-9a-f]{64}")
                    .isEqualTo(session.at("/response/masking/digest").asText());
            assertThat(node.admin("/api/v1/counters").body()).contains("\"partial\":1");
        }
    }

    private static void assertTruncated(JsonNode message) {
        assertThat(message.get("truncated").asBoolean()).isTrue();
        assertThat(message.get("bodyBytes").asInt()).isEqualTo(LONG);
        assertThat(message.has("bodySha256")).isFalse();
    }

    @Test
    void refusesStrictCallsWhileNothingCanBeRecorded() throws IOException {
        String content = random(LARGE, 2);
        try (var upstream = ScriptedUpstream.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + content);
                var node = node(Durability.STRICT, LARGE, upstream.port())) {
            // No new file can be made where a file has taken the folder's place.
            deleteAll(folder.resolve("spool"));
            Files.createFile(folder.resolve("spool"));

            String answer = "";
            int calls = 0;
            while (!answer.startsWith("HTTP/1.1 503 ") && calls++ < 3 * FILE_BYTES / LARGE) {
                answer = callOnce(node);
            }

            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("\"recorder_unavailable\"", "Retry-After: ");
            int before = upstream.begun();
            assertThat(callOnce(node)).startsWith("HTTP/1.1 503 ");
            assertThat(upstream.begun()).isEqualTo(before);
        }
    }

    /** The answer, or nothing when the connection was cut because the record could not be made. */
    private static String callOnce(RunningNode node) throws IOException {
        try (RawClient caller = node.caller()) {
            return caller.send("GET /full HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
        } catch (java.io.EOFException | java.net.SocketException _) {
            return "";
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private RunningNode node(Durability durability, long bodyBytes, int upstreamPort) {
        var policy = new RecordPolicy(bodyBytes, durability, OverloadAction.REJECT);
        return RunningNode.with(
                folder, ListenerSettings.DEFAULT, RunningNode.service(policy, RunningNode.QUICK, upstreamPort));
    }

    private static String contentOf(String request) {
        return Chunks.contentOf(request.substring(request.indexOf("\r\n\r\n") + 4));
    }

    private static String body(RunningNode node, JsonNode session, String side) {
        String path = "/api/v1/sessions/" + session.get("id").asText() + "/" + side + "/body";
        return new String(node.adminBytes(path).body(), StandardCharsets.ISO_8859_1);
    }

    private static String random(int length, long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(length);
        for (int i = 1; i <= length; i++) {
            text.append(i % LINE == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
