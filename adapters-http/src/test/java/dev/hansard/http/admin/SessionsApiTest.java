// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.session.Session;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NONE = {};

    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private Session add(SampleSession sample) {
        Session session = sample.complete();
        admin.sessions.add(session, NONE, NONE);
        return session;
    }

    @Test
    void listsTheNewestFirstInPages() throws IOException, InterruptedException {
        for (int number = 0; number < 3; number++) {
            add(SampleSession.number(number).target("/n/" + number));
        }

        JsonNode first = JSON.readTree(admin.get("/api/v1/sessions?limit=2").body());
        JsonNode second = JSON.readTree(admin.get("/api/v1/sessions?limit=2&cursor="
                        + first.get("nextCursor").textValue())
                .body());

        assertThat(first.at("/items/0/request/target").textValue()).isEqualTo("/n/2");
        assertThat(first.get("items")).hasSize(2);
        assertThat(second.at("/items/0/request/target").textValue()).isEqualTo("/n/0");
        assertThat(second.has("nextCursor")).isFalse();
    }

    @Test
    void passesTheQueryOnDecoded() throws IOException, InterruptedException {
        add(SampleSession.number(1).target("/a b+c"));
        add(SampleSession.number(2).target("/other"));

        JsonNode page = JSON.readTree(admin.get("/api/v1/sessions?q=a%20b%2Bc").body());

        assertThat(page.get("items")).hasSize(1);
    }

    @Test
    void takesAQueryAsPeopleTypeIt() throws IOException {
        add(SampleSession.number(1).target("status:>=500"));

        String answer = admin.raw(
                "GET /api/v1/sessions?q=status:>=500 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"target\":\"status:>=500\"");
    }

    @Test
    void saysWhereAQueryIsWrong() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get("/api/v1/sessions?q=!%22wrong%3Cscript%3E");

        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.get("code").textValue()).isEqualTo("invalid_query");
        assertThat(problem.get("position").intValue()).isEqualTo(3);
        assertThat(answer.body()).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=",
                "limit=-1",
                "limit=1e3",
                "limit=%31%20",
                "limt=5",
                "limit=1&limit=2",
                "q=%",
                "limit=9999999999999999999"
            })
    void refusesWrongParameters(String query) throws IOException {
        String answer = admin.raw(
                "GET /api/v1/sessions?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"invalid_parameter\"");
    }

    @Test
    void showsAWholeSession() throws IOException, InterruptedException {
        Session session =
                add(SampleSession.number(7).header("Content-Type", "text/plain").kept(5));

        JsonNode shown =
                JSON.readTree(admin.get("/api/v1/sessions/" + session.id()).body());

        JsonNode expected = JSON.readTree(SessionsApiTest.class.getResourceAsStream("session.json"));
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void answersNotModifiedForTheTagItGave() throws IOException, InterruptedException {
        String path = "/api/v1/sessions/" + add(SampleSession.number(7)).id();
        String tag = admin.get(path).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = admin.get(path, "If-None-Match", "\"other\", W/" + tag);
        HttpResponse<String> other = admin.get(path, "If-None-Match", "\"other\"");

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sessions/ses_0190163d-8694-739b-aea5-966c26f8ad91",
                "/api/v1/sessions/SES_0190163d-8694-739b-aea5-966c26f8ad91",
                "/api/v1/sessions/x",
                "/api/v1/sessions/x/response/body",
                "/api/v1/sessions/ses_0190163d-8694-739b-aea5-966c26f8ad91/other/body",
                "/api/v1/sessions/../../../etc/passwd",
                "/api/v2/sessions",
                "/nothing"
            })
    void findsNothingWhereNothingIs(String target) throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get(target);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"").doesNotContain("passwd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void canOnlyBeRead(String method) throws IOException {
        String answer =
                admin.raw(method + " /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD\r\n", "\"code\":\"method_not_allowed\"");
    }

    @Test
    void tellsHeadTheLengthOfGet() throws IOException, InterruptedException {
        add(SampleSession.number(1));
        int length = admin.bytes("/api/v1/sessions").body().length;

        HttpResponse<String> answer = admin.send("HEAD", "/api/v1/sessions");

        assertThat(answer.headers().firstValue("Content-Length")).contains(Integer.toString(length));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void readsBytesAsUtf8OrElseAsLatin() {
        assertThat(SessionJson.text("plain")).isEqualTo("plain");
        assertThat(SessionJson.text("caf\u00c3\u00a9")).isEqualTo("caf\u00e9");
        assertThat(SessionJson.text("caf\u00e9")).isEqualTo("caf\u00e9");
    }

    @Test
    void hidesWhatATerminalWouldActOn() throws IOException, InterruptedException {
        Session session = add(SampleSession.number(1).header("X", "\u001b[2J</script>\u009b\u00e2\u0080\u00ae"));

        String body = admin.get("/api/v1/sessions/" + session.id()).body();

        assertThat(body).contains("\\u001B[2J\\u003C/script>").doesNotContain("\u001b", "<", "\u009b", "\u202e");
    }
}
