// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes between the approval and the sending, on the wire. */
@Timeout(120)
class ApprovalMismatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Visitor ANN =
            new Visitor(Access.toEverything(new Caller("corp", "ann", List.of()), "a test"), "127.0.0.1", null);

    @TempDir
    Path folder;

    private static String configuration(int upstreamPort, String message) {
        return """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                policies: { refunds: { when: { path: /v1/** }, action: require-approval, message: %s } }
                reload: manual
                """.formatted(upstreamPort, message);
    }

    private static Approval pending(ConfiguredNode node) {
        return await().atMost(SOON)
                .until(
                        () -> node.approvals().list(ANN, Set.of(ApprovalState.PENDING), null, 10),
                        Predicate.not(List::isEmpty))
                .getFirst();
    }

    private static void reload(ConfiguredNode node) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(node.adminUrl() + "/api/v1/config:reload"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /** A content that goes with its head, and one that goes in pieces. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 300_000})
    void endsBeforeTheLastByteWhenPoliciesHaveChanged(int length) throws IOException, InterruptedException {
        try (var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var node = ConfiguredNode.start(folder, configuration(upstream.port(), "One."));
                var caller = node.caller("default")) {
            String framing = length == 0 ? "" : "Content-Length: " + length + "\r\n";
            caller.send("POST /v1/refunds HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n" + "x".repeat(length));
            Approval asked = pending(node);
            Files.writeString(folder.resolve("hansard.yaml"), configuration(upstream.port(), "Two."));
            reload(node);

            node.approvals().decide(ANN, asked.id(), Vote.Verdict.APPROVE, "", asked.digest());

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 409 ").contains("approval_mismatch");
            await().atMost(SOON).until(() -> upstream.open() == 0);
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
