// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.exchange.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPROVALS = "/api/v1/approvals";
    private static final String YES = "{\"digest\":\"" + FakeApprovals.DIGEST + "\",\"comment\":\"fine\"}";

    private final RunningAdmin admin = RunningAdmin.start();
    private final FakeApprovals approvals = admin.desks.approvals;

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private JsonNode json(String target) throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get(target);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void listsPageByPageWithoutContents() throws Exception {
        for (int i = 1; i <= 3; i++) {
            approvals.add(FakeApprovals.waiting(i << 16));
        }

        JsonNode first = json(APPROVALS + "?limit=2");
        JsonNode second =
                json(APPROVALS + "?limit=2&cursor=" + first.path("nextCursor").textValue());

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.at("/items/0/leftMs").asLong()).isEqualTo(15 * 60 * 1000);
        assertThat(first.at("/items/0/request").has("headers")).isFalse();
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(second.at("/items/0/id").textValue())
                .isNotEqualTo(first.at("/items/1/id").textValue());
    }

    @Test
    void listsThoseOfSomeStates() throws Exception {
        Approval denied = FakeApprovals.waiting(1).to(ApprovalState.DENIED, "");
        approvals.add(denied);
        approvals.add(FakeApprovals.waiting(1 << 16));

        JsonNode found = json(APPROVALS + "?state=denied,expired");

        assertThat(found.path("items")).hasSize(1);
        assertThat(found.at("/items/0/id").textValue()).isEqualTo(denied.id().toString());
        assertThat(found.at("/items/0/leftMs").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=open", "state=", "state=PENDING", "cursor=x", "limit=0", "limit=201", "more=1"})
    void refusesAQueryThatItDoesNotKnow(String query) throws Exception {
        HttpResponse<String> answer = admin.get(APPROVALS + "?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"invalid_parameter\"");
    }

    @Test
    void showsTheRequestAndWhetherOneMayDecide() throws Exception {
        Approval waiting = approvals.add(FakeApprovals.waiting(1));

        JsonNode may = json(APPROVALS + "/" + waiting.id());
        approvals.objection = new Refusal(403, "own_request", "You made it.");
        JsonNode mayNot = json(APPROVALS + "/" + waiting.id());

        assertThat(may.at("/request/body/text").textValue()).isEqualTo("{\"note\":\"</pre><script>\u202e\"}");
        assertThat(may.at("/request/headers/0/0").textValue()).isEqualTo("X-Note");
        assertThat(may.at("/request/target").textValue()).endsWith("\u202e");
        assertThat(may.path("windowSeconds").asLong()).isEqualTo(60);
        assertThat(may.path("decide").toString()).isEqualTo("{\"may\":true}");
        assertThat(mayNot.path("decide").toString())
                .isEqualTo("{\"may\":false,\"code\":\"own_request\",\"why\":\"You made it.\"}");
    }

    @Test
    void writesNothingThatATerminalOrABrowserActsOn() throws Exception {
        Approval waiting = approvals.add(FakeApprovals.waiting(1));

        String body = admin.get(APPROVALS + "/" + waiting.id()).body();

        assertThat(body).doesNotContain("<", "\u202e");
    }

    @Test
    void showsABodyThatIsNoTextAsBase64() throws Exception {
        Approval waiting = FakeApprovals.waiting(1);
        AskedRequest asked = waiting.request();
        var binary = new AskedRequest(
                asked.service(),
                asked.caller(),
                asked.listener(),
                asked.method(),
                asked.authority(),
                asked.target(),
                asked.headers(),
                2,
                ByteBuffer.wrap(new byte[] {(byte) 0xff, 0}),
                asked.maskStatus(),
                null,
                asked.upstreams());
        approvals.add(new Approval(
                waiting.id(),
                1,
                waiting.state(),
                binary,
                "",
                waiting.requirements(),
                "v1",
                waiting.digest(),
                List.of(),
                waiting.term(),
                waiting.place(),
                ""));

        JsonNode shown = json(APPROVALS + "/" + waiting.id());

        assertThat(shown.at("/request/body").toString()).isEqualTo("{\"base64\":\"/wA=\",\"cut\":false}");
    }

    @Test
    void takesDecisions() throws Exception {
        Approval waiting = approvals.add(FakeApprovals.waiting(1));

        HttpResponse<String> approved = admin.post(APPROVALS + "/" + waiting.id() + ":approve", YES);
        HttpResponse<String> denied = admin.post(APPROVALS + "/" + waiting.id() + ":deny", YES);

        assertThat(approved.body())
                .contains("\"state\":\"pending\"", "\"verdict\":\"approve\"", "\"comment\":\"fine\"")
                .doesNotContain("\"body\":");
        assertThat(denied.body()).contains("\"state\":\"denied\"");
        assertThat(approvals.decisions)
                .containsExactly(
                        waiting.id() + " APPROVE fine " + FakeApprovals.DIGEST,
                        waiting.id() + " DENY fine " + FakeApprovals.DIGEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "400 ~ invalid_content ~ {}",
                "400 ~ invalid_content ~ {\"digest\":1}",
                "400 ~ invalid_content ~ {\"digest\":\"x\",\"comment\":null}",
                "400 ~ invalid_content ~ {\"digest\":\"x\",\"yes\":true}",
                "400 ~ invalid_content ~ []",
                "409 ~ approval_changed ~ {\"digest\":\"x\"}"
            })
    void refusesADecisionThatIsNotClear(int status, String code, String content) throws Exception {
        Approval waiting = approvals.add(FakeApprovals.waiting(1));

        HttpResponse<String> answer = admin.post(APPROVALS + "/" + waiting.id() + ":approve", content);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"" + code + "\"");
        assertThat(approvals.decisions).isEmpty();
    }

    @Test
    void refusesACommentThatIsTooLong() throws Exception {
        Approval waiting = approvals.add(FakeApprovals.waiting(1));
        String content = "{\"digest\":\"" + FakeApprovals.DIGEST + "\",\"comment\":\"" + "x".repeat(501) + "\"}";

        assertThat(admin.post(APPROVALS + "/" + waiting.id() + ":deny", content).statusCode())
                .isEqualTo(400);
    }

    @Test
    void knowsNoOthers() throws Exception {
        assertThat(admin.get(APPROVALS + "/" + FakeApprovals.waiting(1).id()).body())
                .contains("\"no_approval\"");
        assertThat(admin.post(APPROVALS + "/x:approve", YES).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhatIsOpenAndThenEachVersionOnce() throws Exception {
        Approval first = approvals.add(FakeApprovals.waiting(1));
        Approval decided = first.to(ApprovalState.DENIED, "No.");

        try (Socket socket = admin.socket()) {
            socket.getOutputStream()
                    .write(("GET " + APPROVALS + ":watch HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(next(lines)).containsExactly("approval", first.id() + " 1 pending");
            assertThat(next(lines).getFirst()).isEqualTo("listed");
            approvals.tell(true, first, decided);

            assertThat(next(lines)).containsExactly("approval", first.id() + " 2 denied");
            // What a reader missed is listed again, but for what it has.
            approvals.tell(false, decided);
            approvals.tell(false, FakeApprovals.waiting(1 << 16));

            assertThat(next(lines).get(1))
                    .startsWith(FakeApprovals.waiting(1 << 16).id() + " 1");
        }
    }

    /** The next event, and what its data say. */
    private static List<String> next(BufferedReader lines) throws IOException {
        var event = new ArrayList<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                event.add(line.substring(7));
            } else if (line.startsWith("data: ")) {
                JsonNode data = JSON.readTree(line.substring(6));
                event.add(data.path("id").asText() + " " + data.path("version").asText() + " "
                        + data.path("state").asText());
                return event;
            }
        }
        throw new IOException("the watch ended");
    }

    @Test
    void limitsThoseWhoWatch() throws Exception {
        var watching = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = admin.socket();
                watching.add(socket);
                socket.getOutputStream()
                        .write(("GET " + APPROVALS + ":watch HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }

            assertThat(admin.get(APPROVALS + ":watch").body()).contains("\"too_many_tails\"");
        } finally {
            for (Socket socket : watching) {
                socket.close();
            }
        }
    }
}
