// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private String get(String target, String... fields) throws IOException {
        return admin.raw(request(target, String.join("\r\n", fields), "Connection: close"));
    }

    private static String request(String target, String... fields) {
        return "GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:9000", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:9000"
            })
    void answersToTheNamesOfThisMachine(String host) throws IOException {
        assertThat(get("/healthz", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:9000",
                "127.0.0.2",
                "0.0.0.0",
                "evil.example:127",
                "[::2]",
                "::1",
                "localhost."
            })
    void refusesAReboundName(String host) throws IOException {
        String answer = get("/api/v1/sessions", "Host: " + host);

        assertThat(answer).doesNotStartWith("HTTP/1.1 200").doesNotContain("items");
        assertThat(answer).containsPattern("\"code\":\"(misdirected|bad_request)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost\r\nHost: evil.example", "Host:", "X: y", "Host: localhost, evil.example"})
    void refusesAnUnclearHost(String fields) throws IOException {
        assertThat(get("/api/v1/sessions", fields)).startsWith("HTTP/1.1 4").doesNotContain("items");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, 'null'",
        "Origin, http://localhost:3000",
        "Origin, https://localhost:9000",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, new-word"
    })
    void refusesAPageOfAnotherOrigin(String name, String value) throws IOException {
        String answer = get("/api/v1/sessions", "Host: localhost:9000", name + ": " + value);

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"code\":\"foreign_origin\"");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-");
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://localhost:9000", "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none"})
    void letsItsOwnPagesIn(String name, String value) throws IOException {
        assertThat(get("/api/v1/sessions", "Host: localhost:9000", name + ": " + value))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/nothing", "/api/v1/sessions?limit=x", "/api/openapi.yaml"})
    void putsTheSecurityFieldsOnEveryAnswer(String target) throws IOException {
        assertThat(get(target, "Host: localhost")).contains(everyField());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/2.5\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void answersBrokenFramingInTheSameFormAndLogsNothing(String request) throws IOException {
        String answer;
        try (var log = CapturedLog.start()) {
            answer = admin.raw(request);

            assertThat(log.messages()).isEmpty();
        }
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains(everyField()).contains("\"code\":\"bad_request\"");
    }

    @Test
    void refusesAnAbsoluteTarget() throws IOException {
        assertThat(get("http://evil.example/api/v1/sessions", "Host: localhost"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("items");
    }

    @Test
    void refusesALongTarget() throws IOException {
        assertThat(get("/" + "a".repeat(9000), "Host: localhost"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"code\":\"target_too_long\"");
    }

    @Test
    void readsNoRequestAfterATransferCoding() throws IOException {
        String coded = request("/healthz", "Host: localhost", "Transfer-Encoding: xchunked");
        String next = request("/readyz", "Host: localhost");

        String answer = admin.raw(coded + next);

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("up").doesNotContain("ready");
    }

    @Test
    void readsNoContentAndAsksForNone() throws IOException {
        String head = request("/healthz", "Host: localhost", "Expect: 100-continue", "Content-Length: 40");

        String answer = admin.raw(head.replace("GET", "POST") + request("/readyz", "Host: localhost"));

        assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("ready", "100 Continue");
    }

    @Test
    void refusesMuchContent() throws IOException {
        assertThat(get("/healthz", "Host: localhost", "Content-Length: 65537"))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"code\":\"content_too_large\"");
    }

    private static String[] everyField() {
        return Exchange.SECURITY_FIELDS.stream()
                .map(field -> field.name() + ": " + field.value() + "\r\n")
                .toArray(String[]::new);
    }
}
