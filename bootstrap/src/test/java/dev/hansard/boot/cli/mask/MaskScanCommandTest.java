// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskScanCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CARD = "4111111111111111";

    private final FakeAdmin admin;
    private final Screen screen = Screen.piped();

    @TempDir
    private Path folder = Path.of("");

    MaskScanCommandTest() throws IOException {
        admin = new FakeAdmin();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private static String id(int number) {
        return "ses_0190163d-8694-739b-aea5-966c26f8a%03d".formatted(number);
    }

    private int scan(Screen on, String... options) {
        List<String> arguments = new ArrayList<>(List.of("mask", "scan", "--admin", admin.url()));
        arguments.addAll(List.of(options));
        return on.run(arguments.toArray(String[]::new));
    }

    private void list(int from, int to) {
        var rows = new StringBuilder();
        for (int i = from; i <= to; i++) {
            rows.append(i == from ? "" : ",").append("{\"id\":\"").append(id(i)).append("\"}");
        }
        admin.json("/api/v1/sessions", 200, "{\"items\":[" + rows + "]}");
    }

    /** A session whose request has a JSON content. */
    private void session(int number, int status, String content, String masking) throws IOException {
        Map<String, Object> request = Map.of(
                "target", "/pay",
                "headers", List.of(List.of("Content-Type", "application/json")),
                "keptBytes", content.length(),
                "maskStatus", "masked",
                "masking", MAPPER.readTree(masking));
        Map<String, Object> session = Map.of("id", id(number), "service", "payments", "request", request);
        admin.json("/api/v1/sessions/" + id(number), 200, MAPPER.writeValueAsString(session));
        admin.json("/api/v1/sessions/" + id(number) + "/request/body", status, content);
    }

    private void session(int number, String content, String masking) throws IOException {
        session(number, 200, content, masking);
    }

    private void session(int number, String content) throws IOException {
        session(number, content, "{}");
    }

    @Test
    void printsWhereSomethingIsAndRulesForIt() throws IOException {
        list(1, 2);
        session(1, "{\"items\":[{\"card\":\"" + CARD + "\"}],\"mail\":\"ann@example.com\"}");
        session(2, "{}", "{\"places\":[{\"rule\":\"default:card\",\"at\":\"/refund/7/nr\"}]}");

        int code = scan(screen, "service:payments", "after:2h");

        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(admin.requests().getFirst())
                .isEqualTo("/api/v1/sessions?limit=200&q=service%3Apayments%20after%3A2h");
        assertThat(screen.out()).isEqualTo("""
                FOUND     WHAT   SERVICE   MESSAGE  PLACE          SESSIONS  VALUES  FIRST                                     LAST
                clear     card   payments  request  /items/*/card         1       1  %1$s  %1$s
                clear     email  payments  request  /mail                 1       1  %1$s  %1$s
                detected  card   payments  request  /refund/*/nr          1       1  %2$s  %2$s

                # Rules for what `hansard mask scan` has found. Read them, put them among yours, and let services list them:
                # services:
                #   'payments': { masking: [scan-payments] }
                masking:
                  sets:
                    scan-payments: [scan-payments-card, scan-payments-email]
                  rules:
                    scan-payments-card:
                      json:
                        - '/items/*/card'
                        - '/refund/*/nr'
                      action: keep-last
                      keep-last: 4
                    scan-payments-email:
                      json:
                        - '/mail'
                      action: token
                """.formatted(id(1), id(2)));
        assertThat(screen.err()).isEqualTo("looked through 2 sessions and 2 contents\n");
    }

    @Test
    void exitsWithZeroWhenNothingWasFound() throws IOException {
        list(1, 1);
        session(1, "{\"password\":\"***\"}", "{\"places\":[{\"rule\":\"default:credentials\",\"at\":\"/password\"}]}");

        int code = scan(screen);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).isEqualTo("looked through 1 session and 1 content\nnothing was found\n");
    }

    @Test
    void saysThatNoSessionMatches() {
        list(1, 0);

        assertThat(scan(screen, "-o", "yaml")).isEqualTo(ExitCode.DONE);

        assertThat(screen.out()).isEqualTo("# There is nothing to propose.\n");
        assertThat(screen.err()).isEqualTo("hint: no session matches\n");
    }

    @Test
    void printsADocumentForPrograms() throws IOException {
        list(1, 1);
        session(1, "{\"card\":\"" + CARD + "\",\"n\":[\"ann@example.com\"]}");

        scan(screen, "-o", "json");

        JsonNode document = Json.parse(screen.outBytes());
        assertThat(document.path("clean").asBoolean()).isFalse();
        assertThat(document.at("/findings/0").toString())
                .isEqualTo("{\"found\":\"clear\",\"what\":\"card\",\"service\":\"payments\",\"message\":\"request\","
                        + "\"place\":\"/card\",\"selector\":{\"json\":\"/card\"},\"sessions\":1,\"values\":1,"
                        + "\"firstSession\":\"%1$s\",\"lastSession\":\"%1$s\"}".formatted(id(1)));
        assertThat(document.at("/proposals/services/payments/0").asText()).isEqualTo("scan-payments");
        assertThat(document.at("/proposals/rules/scan-payments-card").toString())
                .isEqualTo("{\"json\":[\"/card\"],\"action\":\"keep-last\",\"keep-last\":4}");
        assertThat(document.at("/coverage/contents").asInt()).isEqualTo(1);
    }

    @Test
    void printsALineForEachFinding() throws IOException {
        list(1, 1);
        session(1, "{\"card\":\"" + CARD + "\",\"n\":[\"ann@example.com\"]}");

        scan(screen, "-o", "ndjson");

        assertThat(screen.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"found\":\"clear\","));
    }

    @Test
    void goesOnWhenSessionsOrContentsCannotBeRead() throws IOException {
        list(1, 9);
        for (int i = 1; i <= 6; i++) {
            admin.json("/api/v1/sessions/" + id(i), 404, "{\"detail\":\"gone\"}");
        }
        session(7, 404, "{\"detail\":\"gone\"}", "{}");
        session(8, 500, "{\"detail\":\"damaged\"}", "{}");
        session(9, "{\"card\":\"" + CARD + "\"}");

        int code = scan(screen, "-o", "ndjson");

        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(screen.out().lines()).hasSize(1);
        assertThat(screen.err()).isEqualTo("""
                looked through 3 sessions and 1 content
                6 sessions are gone or could not be read
                2 contents are gone, too long, or could not be read
                """);
    }

    @Test
    void endsWhenTheNodeDoesNotAnswerAnyMore() {
        list(1, 9);

        for (int i = 1; i <= 9; i++) {
            admin.json("/api/v1/sessions/" + id(i), 503, "{\"detail\":\"stopping\"}");
        }

        assertThat(scan(screen)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(admin.requests()).hasSize(1 + SessionReader.MOST_FAILURES);
    }

    @Test
    void saysWhatItCouldNotSee() throws IOException {
        list(1, 1);
        admin.json("/api/v1/sessions/" + id(1), 200, """
                {"service":"payments","request":{"keptBytes":0,"maskStatus":"withheld"},
                 "response":{"keptBytes":4,"maskStatus":"clean","truncated":true}}""");
        admin.json("/api/v1/sessions/" + id(1) + "/response/body", 200, "text");

        scan(screen);

        assertThat(screen.err()).isEqualTo("""
                looked through 1 session and 1 content
                1 content is withheld: the record does not keep what was in it
                1 content is truncated: the record keeps a part of it
                nothing was found
                """);
    }

    @Test
    void stopsAtTheLimitAndSaysHowToGoOn() throws IOException {
        admin.json("/api/v1/sessions", 200, "{\"items\":[{\"id\":\"" + id(1) + "\"}],\"nextCursor\":\"c1\"}");
        session(1, "{}");

        scan(screen, "-n", "1");

        assertThat(admin.requests()).contains("/api/v1/sessions?limit=1&q=");
        assertThat(screen.err()).contains("hint: there are more: add --limit 10, or --cursor c1\n");
    }

    @Test
    void drawsABarOnATerminal() throws IOException {
        list(1, 2);
        session(1, "{}");
        session(2, "{\"card\":\"" + CARD + "\"}");
        var terminal = Screen.ofWidth(100);

        scan(terminal);

        assertThat(terminal.err()).contains("\r[############............] 1 of 2, 0 findings", "] 2 of 2, 1 finding");
        assertThat(terminal.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a'b: {x}, #c",
                "${env:HOME}",
                "${file:/etc/passwd}",
                "\u001b[2J\u202e",
                "- a\\n  b: c",
                "\u00e9\u20ac \ud83d\ude00",
                "*",
                "~ / ~1",
                " ",
                "ann@example.com",
                "true"
            })
    void proposesRulesThatAConfigurationTakesWhateverFieldsAreNamed(String name) throws IOException {
        list(1, 1);
        var form = "a=1&" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "=ann%40example.com";
        session(1, MAPPER.writeValueAsString(Map.of("a", Map.of(name, "ann@example.com"), "form", form)));

        scan(screen, "-o", "yaml");

        String config =
                "version: 1\nservices:\n  payments: { upstream: http://p, masking: [scan-payments] }\n" + screen.out();
        Path file = Files.writeString(folder.resolve("hansard.yaml"), config);
        Screen other = Screen.piped();
        assertThat(other.run("config", "validate", file.toString()))
                .as(config + other.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(other.err()).doesNotContain("error", "warning");
        assertThat(config).contains("json:").doesNotContain("${", "\u001b", "\u202e", "ann@");
    }

    @Test
    void proposesNothingThatTheConfigurationTakesAlready() throws IOException {
        list(1, 1);
        session(
                1,
                "{\"mail\":\"ann@example.com\",\"cc\":\"bob@example.com\"}",
                "{\"places\":[{\"rule\":\"numbers\",\"at\":\"/nr\"}]}");
        Path config = Files.writeString(folder.resolve("hansard.yaml"), """
                version: 1
                services: { payments: { upstream: http://p, masking: [mails, numbers] } }
                masking:
                  rules:
                    mails: { json: [mail], action: drop }
                    numbers: { detect: [iban, ssn], action: redact }
                """);

        scan(screen, "-c", config.toString());

        assertThat(screen.out())
                .contains("clear     email    payments  request  /mail", "detected  numbers  payments  request  /nr")
                .contains("- '/cc'", "- '/nr'")
                .doesNotContain("'/mail'");
        assertThat(screen.err()).contains("1 finding is without a rule");
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThat(scan(screen, "-n", "0")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("error: --limit must be 1 to 100000, but is 0");
    }
}
