// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for people, through the whole proxy. */
@Timeout(120)
class ApprovalTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Made: here\r\n\r\ndone";
    private static final String ASYNC = "Prefer: respond-async\r\n";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private RunningNode node(int upstreamPort, String approval) throws IOException {
        return node(upstreamPort, approval, "");
    }

    private RunningNode node(int upstreamPort, String approval, String ofService) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }]%s } }
                storage: { data-dir: "%s" }
                policies:
                  big-refunds:
                    when: { method: POST, path: /v1/refunds/** }
                    expr: request.json.amount > 1000
                    action: require-approval
                    approval: { %s }
                    message: Refunds above 1000 need somebody else.
                """.formatted(upstreamPort, ofService, folder.resolve("data"), approval));
    }

    private static Visitor visitor(String subject) {
        return new Visitor(
                Access.toEverything(new Caller("corp", subject, List.of("leads")), "a test"), "127.0.0.1", null);
    }

    private static String refund(String target, String fields) {
        String json = "{\"amount\": 5000, \"email\": \"eve@example.com\"}";
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + fields
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private static Approval pending(RunningNode node) {
        return await().atMost(SOON)
                .until(
                        () -> node.approvals().list(visitor("ann"), Set.of(ApprovalState.PENDING), null, 10),
                        Predicate.not(List::isEmpty))
                .getFirst();
    }

    private static Approval decide(RunningNode node, Approval approval, Vote.Verdict verdict) {
        return node.approvals().decide(visitor("ann"), approval.id(), verdict, "looked at it", approval.digest());
    }

    private static Approval now(RunningNode node, ApprovalId id) {
        Approval approval = node.approvals().show(visitor("ann"), id);
        assertThat(approval).isNotNull();
        return approval;
    }

    private static String poll(RawClient caller, ApprovalId id) throws IOException {
        return caller.send("GET /.hansard/approvals/" + id + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .readResponse();
    }

    private static String polledUntilDone(RawClient caller, ApprovalId id) {
        return await().atMost(SOON).until(() -> poll(caller, id), answer -> !answer.startsWith("HTTP/1.1 202 "));
    }

    private static ApprovalId idIn(String accepted) {
        assertThat(accepted).startsWith("HTTP/1.1 202 ");
        int at = accepted.indexOf("Location: /.hansard/approvals/") + "Location: /.hansard/approvals/".length();
        return ApprovalId.parse(accepted.substring(at, accepted.indexOf('\r', at)));
    }

    @Test
    void sendsWhatIsApprovedWhileTheCallerWaits() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s, reviewers: [leads]");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1", ""));
            Approval asked = pending(node);
            assertThat(upstream.requests()).isEmpty();

            decide(node, asked, Vote.Verdict.APPROVE);
            String answer = caller.readResponse();

            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("done");
            assertThat(upstream.requests()).hasSize(1);
            assertThat(upstream.requests().getFirst()).endsWith("{\"amount\": 5000, \"email\": \"eve@example.com\"}");
            assertThat(caller.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readResponse())
                    .startsWith("HTTP/1.1 200 ");
            JsonNode session = node.session("/v1/refunds/1");
            assertThat(session.at("/decision/action").asText()).isEqualTo("approved");
            assertThat(session.at("/decision/approvalId").asText())
                    .isEqualTo(asked.id().toString());
            Approval used = now(node, asked.id());
            assertThat(used.state()).isEqualTo(ApprovalState.USED);
            assertThat(used.place().session().toString())
                    .isEqualTo(session.get("id").asText());
            assertThat(node.admin("/api/v1/audit?limit=50").body())
                    .contains("approval_requested", "approval_given", "approval_used");
        }
    }

    @Test
    void putsCredentialsIntoWhatIsApproved() throws IOException {
        String secret = "k3y-of-the-target";
        Files.writeString(folder.resolve("key"), secret);
        String credentials = ", credentials: [{ type: header, name: X-Api-Key, value: \"${file:key}\" },"
                + " { type: query, name: key, value: \"${file:key}\" }]";
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s, reviewers: [leads]", credentials);
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1?a=b&key=mine", "X-Api-Key: mine\r\nAccept-Encoding: br, gzip\r\n"));
            Approval asked = pending(node);

            decide(node, asked, Vote.Verdict.APPROVE);

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent)
                            .startsWith("POST /v1/refunds/1?a=b&key=" + secret + " ")
                            .contains("X-Api-Key: " + secret + "\r\n")
                            .doesNotContain("mine"));
            Approval used = now(node, asked.id());
            String path = "/api/v1/sessions/" + used.place().session();
            String session = await().atMost(SOON)
                    .until(() -> node.admin(path), answer -> answer.statusCode() == 200)
                    .body();
            assertThat(session).contains("\"credential\"").doesNotContain(secret);
            assertThat(used.toString()).doesNotContain(secret);
        }
    }

    @Test
    void showsPeopleTheMaskedRequestAsItWillBeSent() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1?token=abc", "Authorization: Bearer secret-of-mine\r\nTE: trailers\r\n"));

            Approval asked = now(node, pending(node).id());

            assertThat(asked.message()).isEqualTo("Refunds above 1000 need somebody else.");
            assertThat(asked.policies()).containsExactly("big-refunds");
            assertThat(asked.request().method()).isEqualTo("POST");
            assertThat(asked.request().headers())
                    .anyMatch(field -> field.name().equals("X-Forwarded-Host"))
                    .noneMatch(field -> field.value().contains("secret-of-mine"));
            assertThat(StandardCharsets.UTF_8.decode(asked.request().body()).toString())
                    .contains("\"amount\": 5000");
            assertThat(node.approvals().list(visitor("ann"), Set.of(), null, 10))
                    .singleElement()
                    .satisfies(listed ->
                            assertThat(listed.request().body().remaining()).isZero());
            decide(node, asked, Vote.Verdict.DENY);
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void tellsTheCallerWhyItWasDenied() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1", ""));

            decide(node, pending(node), Vote.Verdict.DENY);

            assertThat(caller.readResponse())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("approval_denied", "looked at it", "Hansard-Session: ses_");
            assertThat(upstream.requests()).isEmpty();
            assertThat(node.session("/v1/refunds/1").at("/decision/approvalId").asText())
                    .startsWith("apr_");
            JsonNode figures = new ObjectMapper()
                    .readTree(node.admin("/api/v1/counters").body())
                    .get("figures");
            assertThat(figures.get("hansard_approvals_requested_total").asLong())
                    .isEqualTo(1);
            assertThat(figures.get("hansard_approvals_reached_total{state=\"denied\"}")
                            .asLong())
                    .isEqualTo(1);
            assertThat(figures.get("hansard_approvals_waiting").asLong()).isZero();
        }
    }

    @Test
    void keepsTheResponseForACallerThatDoesNotWait() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            String accepted = caller.send(refund("/v1/refunds/1", ASYNC)).readResponse();
            ApprovalId id = idIn(accepted);
            assertThat(accepted)
                    .contains("Retry-After: 5", "Preference-Applied: respond-async", "\"status\":\"pending\"");
            assertThat(poll(caller, id)).startsWith("HTTP/1.1 202 ");

            decide(node, pending(node), Vote.Verdict.APPROVE);
            String answer = polledUntilDone(caller, id);
            String again = poll(caller, id);

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("X-Made: here", "Via: 1.1 hansard")
                    .endsWith("\r\n\r\ndone");
            assertThat(again).startsWith("HTTP/1.1 410 ").contains("approval_collected");
            assertThat(upstream.requests()).hasSize(1);
            assertThat(upstream.requests().getFirst()).contains("Prefer: respond-async", "amount\": 5000");
            Approval collected = now(node, id);
            assertThat(collected.state()).isEqualTo(ApprovalState.COLLECTED);
            JsonNode sent = await().atMost(SOON).until(() -> json(node, collected), found -> found.has("decision"));
            assertThat(sent.at("/decision/action").asText()).isEqualTo("approved");
            assertThat(sent.at("/decision/approvalId").asText()).isEqualTo(id.toString());
            assertThat(sent.at("/response/status").asInt()).isEqualTo(200);
            assertThat(remains()).isEmpty();
        }
    }

    private static JsonNode json(RunningNode node, Approval approval) throws IOException {
        return new ObjectMapper()
                .readTree(node.admin("/api/v1/sessions/" + approval.place().sentAs())
                        .body());
    }

    /** What the vault holds besides its key. */
    private List<String> remains() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/approvals"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("vault.key"))
                    .toList();
        }
    }

    @Test
    void letsTheCallerGoWhenItHasWaitedLongEnough() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 1s");
                var caller = node.caller()) {
            String accepted = caller.send(refund("/v1/refunds/1", "")).readResponse();
            ApprovalId id = idIn(accepted);

            decide(node, pending(node), Vote.Verdict.APPROVE);

            assertThat(accepted).doesNotContain("Preference-Applied");
            assertThat(polledUntilDone(caller, id)).startsWith("HTTP/1.1 200 ");
            assertThat(node.session("/v1/refunds/1").isMissingNode()).isFalse();
        }
    }

    @Test
    void goesOnAfterARestart() throws IOException {
        ApprovalId id;
        try (var upstream = ScriptedUpstream.answering(OK)) {
            try (var node = node(upstream.port(), "hold: 60s");
                    var caller = node.caller()) {
                id = idIn(caller.send(refund("/v1/refunds/1", ASYNC)).readResponse());
                assertThat(remains()).containsExactly(id + ".request");
            }
            try (var node = node(upstream.port(), "hold: 60s");
                    var caller = node.caller()) {
                assertThat(poll(caller, id)).startsWith("HTTP/1.1 202 ");

                decide(node, pending(node), Vote.Verdict.APPROVE);

                assertThat(polledUntilDone(caller, id))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("done");
                assertThat(upstream.requests()).hasSize(1);
            }
        }
    }

    @Test
    void tellsThoseWhoWaitWhereToAskWhenItStops() throws IOException {
        ApprovalId id;
        try (var upstream = ScriptedUpstream.answering(OK)) {
            var node = node(upstream.port(), "hold: 60s");
            try (var caller = node.caller()) {
                caller.send(refund("/v1/refunds/1", ""));
                Approval asked = pending(node);

                node.close();

                id = idIn(caller.readResponse());
                assertThat(id).isEqualTo(asked.id());
            }
            try (var again = node(upstream.port(), "hold: 60s");
                    var caller = again.caller()) {
                decide(again, pending(again), Vote.Verdict.APPROVE);
                assertThat(polledUntilDone(caller, id)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void sendsNothingUnderOtherPoliciesThanPeopleApproved() throws IOException {
        ApprovalId id;
        try (var upstream = ScriptedUpstream.answering(OK)) {
            try (var node = node(upstream.port(), "hold: 60s, count: 2");
                    var caller = node.caller()) {
                id = idIn(caller.send(refund("/v1/refunds/1", ASYNC)).readResponse());
            }
            try (var node = node(upstream.port(), "hold: 60s, count: 1");
                    var caller = node.caller()) {
                Approval asked = pending(node);
                decide(node, asked, Vote.Verdict.APPROVE);
                node.approvals().decide(visitor("bob"), id, Vote.Verdict.APPROVE, "", asked.digest());

                assertThat(polledUntilDone(caller, id))
                        .startsWith("HTTP/1.1 409 ")
                        .contains("approval_mismatch");
                assertThat(upstream.requests()).isEmpty();
                assertThat(now(node, id).state()).isEqualTo(ApprovalState.WITHDRAWN);
            }
        }
    }

    @Test
    void withdrawsTheRequestOfACallerThatGoesAway() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1", ""));
            Approval asked = pending(node);

            caller.leave();

            await().atMost(SOON).until(() -> now(node, asked.id()).state() == ApprovalState.WITHDRAWN);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void expiresWhatNobodyDecides() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s, expires: 1s");
                var waiting = node.caller();
                var polling = node.caller()) {
            ApprovalId id = idIn(polling.send(refund("/v1/refunds/1", ASYNC)).readResponse());
            waiting.send(refund("/v1/refunds/2", ""));

            assertThat(waiting.readResponse()).startsWith("HTTP/1.1 504 ").contains("approval_expired");
            assertThat(polledUntilDone(polling, id)).startsWith("HTTP/1.1 403 ").contains("approval_expired");
            assertThat(upstream.requests()).isEmpty();
            await().atMost(SOON).until(() -> remains().isEmpty());
        }
    }

    @Test
    void letsACallerRepeatWhatStandsForAWhile() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s, grant: window, window: 1h");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1", ""));
            Approval asked = pending(node);
            decide(node, asked, Vote.Verdict.APPROVE);
            caller.readResponse();

            String repeated = caller.send(refund("/v1/refunds/1", "")).readResponse();
            String other = caller.send(refund("/v1/refunds/2", ASYNC)).readResponse();
            decide(node, now(node, asked.id()), Vote.Verdict.DENY);
            String afterwards = caller.send(refund("/v1/refunds/1", ASYNC)).readResponse();

            assertThat(repeated).startsWith("HTTP/1.1 200 ");
            assertThat(other).startsWith("HTTP/1.1 202 ");
            assertThat(afterwards).startsWith("HTTP/1.1 202 ");
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void keepsTheNextRequestOfACallerThatSendsItWhileItWaits() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund("/v1/refunds/1", ""));
            Approval asked = pending(node);
            caller.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

            decide(node, asked, Vote.Verdict.APPROVE);

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.requests()).hasSize(2);
            assertThat(upstream.requests().getLast()).startsWith("GET /next ");
        }
    }

    @Test
    void answersNobodyAboutApprovalsThatAreNotThere() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            String unknown = poll(caller, new ApprovalId(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L));
            String odd = caller.send("GET /.hansard/approvals/x HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse();

            assertThat(unknown).startsWith("HTTP/1.1 404 ").contains("no_approval");
            assertThat(odd).startsWith("HTTP/1.1 404 ").contains("no_approval");
        }
    }
}
