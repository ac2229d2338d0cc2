// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.text.Json;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTestCommandTest {
    private static final String CONFIG = """
            version: 1
            services:
              payments: { upstream: http://p, masking: [people] }
              search: http://s
            masking:
              sets: { people: [names, mail] }
              rules:
                names: { json: [name], action: token }
                mail: { detect: email, action: type }
                orders: { json: [order], action: drop }
            """;

    private final Screen screen = Screen.piped();

    @TempDir
    private Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private int run(Screen on, String content, String... options) {
        on.type(content.getBytes(StandardCharsets.UTF_8));
        var arguments = new ArrayList<>(List.of("mask", "test", "-"));
        arguments.addAll(List.of(options));
        return on.run(arguments.toArray(String[]::new));
    }

    @Test
    void printsAFileAsTheRecordWouldKeepItAndBesideItWhatWasMasked() throws IOException {
        String file = file(
                "call.json",
                "{\"user\": \"ann\", \"password\": \"hunter2\",\n \"cards\": [\"4111 1111 1111 1111\"]}\n");

        int code = screen.run("mask", "test", file);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("{\"user\": \"ann\", \"password\": \"***\",\n \"cards\": [\"***1111\"]}\n");
        assertThat(screen.err()).isEqualTo("""
                RULE                 COUNT  PLACE
                default:credentials      1  /password
                default:card             1  /cards/0
                """);
    }

    @Test
    void readsTheStandardInput() {
        int code = run(screen, "a=1&api_key=k-12345&b=2", "--content-type", "application/x-www-form-urlencoded");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("a=1&api_key=***&b=2");
        assertThat(screen.err()).contains("default:credentials").contains("form:api_key");
    }

    @Test
    void undoesContentCodings() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"pin\": 1234}".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("body"), zipped.toByteArray());

        int code = screen.run(
                "mask", "test", file.toString(), "--content-encoding", "gzip", "--content-type", "application/json");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("{\"pin\": \"***\"}");
    }

    @Test
    void saysThatThereIsNothingToMask() {
        int code = run(screen, "{\"a\": 1}", "--content-type", "application/json");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("{\"a\": 1}");
        assertThat(screen.err()).isEqualTo("nothing to mask\n");
    }

    @Test
    void exitsWithOneAndPrintsNothingOfWhatIsWithheld() {
        int code = run(screen, "{\"password\": \"hunter2\"", "--content-type", "application/json");

        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).startsWith("withheld, ").doesNotContain("hunter2");
    }

    @Test
    void masksByTheRulesOfAService() throws IOException {
        String config = file("hansard.yaml", CONFIG);

        run(
                screen,
                "{\"name\": \"Ann\", \"m\": \"a@example.com\", \"order\": 7}",
                "-c",
                config,
                "--service",
                "payments");

        assertThat(screen.out()).isEqualTo("{\"name\": \"***\", \"m\": \"[email]\", \"order\": 7}");
        assertThat(screen.err())
                .contains("warning: rule 'orders' is used by no set and no service")
                .contains("names      1  /name", "mail       1  /m")
                .contains("hint: tokens are shown as ***");
    }

    @Test
    void masksByOtherSetsAndRulesThanAService() throws IOException {
        String config = file("hansard.yaml", CONFIG);

        run(
                screen,
                "{\"name\": \"Ann\", \"m\": \"a@example.com\", \"order\": 7}",
                "-c",
                config,
                "--set",
                "orders,mail");

        assertThat(screen.out()).isEqualTo("{\"name\": \"Ann\", \"m\": \"[email]\", \"order\": null}");
    }

    @Test
    void makesTheTokensOfTheService() throws IOException {
        String keyed = CONFIG.replace("masking:\n  sets", "masking:\n  token-key: kV3nq0Zr8mT1xW5yB7cD\n  sets");
        String config = file("hansard.yaml", keyed);

        run(screen, "{\"name\": \"Ann\"}", "-c", config, "--service", "payments");

        assertThat(screen.out()).matches("\\{\"name\": \"\\[t:[0-9a-f]{8}:[A-Za-z0-9_-]{22}]\"}");
        assertThat(screen.out() + screen.err()).doesNotContain("kV3nq0Zr8mT1xW5yB7cD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            error: the configuration has 2 services ~ hint: add --service, one of payments, search; or --set ~ -o text
            error: there is no service 'paymnets' ~ hint: the services are payments, search ~ --service paymnets
            error: --set must be names of sets and rules ~ hint: did you mean 'people'? ~ --set orders,peple
            error: '/no/such/file' cannot be read ~ hint: check the path and its rights ~ --set orders /no/such/file
            """)
    void saysWhatIsWrongWithTheCommandLine(String error, String hint, String options) throws IOException {
        String config = file("hansard.yaml", CONFIG);
        String[] words = (options.contains("/") ? options : options + " -").split(" ");
        var arguments = new ArrayList<>(List.of("mask", "test", "-c", config));
        arguments.addAll(Arrays.asList(words));

        int code = screen.run(arguments.toArray(String[]::new));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains(error + "\n" + hint + "\n");
    }

    @Test
    void printsADocumentForPrograms() throws IOException {
        run(screen, "{\"password\": \"x\", \"a\": {\"password\": \"y\"}}", "-o", "json");

        JsonNode document = Json.parse(screen.outBytes());
        assertThat(document.path("status").asText()).isEqualTo("masked");
        assertThat(document.path("hits").path("default:credentials").asInt()).isEqualTo(2);
        assertThat(document.path("places").path(1).path("at").asText()).isEqualTo("/a/password");
        assertThat(document.path("content").asText())
                .isEqualTo("{\"password\": \"***\", \"a\": {\"password\": \"***\"}}");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void printsWhyAContentIsWithheldForPrograms() throws IOException {
        int code = run(screen, "{", "-o", "json", "--content-type", "application/json");

        JsonNode document = Json.parse(screen.outBytes());
        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(document.path("status").asText()).isEqualTo("withheld");
        assertThat(MaskReport.REASONS).containsKey(document.path("reason").asText());
    }

    @Test
    void saysThatOnlyDetectorsWentThroughAndWhy() throws IOException {
        String config = file("hansard.yaml", CONFIG.replace("  sets:", "  on-unparsable: detectors\n  sets:"));
        String[] options = {"-c", config, "--service", "payments", "--content-type", "application/json"};
        String content = "{to: ann@example.com}";

        int code = run(screen, content, options);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("{to: [email]}");
        assertThat(screen.err())
                .contains("masked by detectors alone, syntax: it is not what its format demands\nRULE ");
        Screen program = Screen.piped();
        run(
                program,
                content,
                Stream.concat(Stream.of(options), Stream.of("-o", "json")).toArray(String[]::new));
        assertThat(Json.parse(program.outBytes()).path("reason").asText()).isEqualTo("syntax");
    }

    @Test
    void saysInWhichCharsetItReadAContent() throws IOException {
        byte[] content = "{\"name\": \"Zo\u00eb\", \"pin\": 1}".getBytes(StandardCharsets.UTF_16LE);
        String file = Files.write(folder.resolve("call.json"), content).toString();
        Screen terminal = Screen.ofWidth(80);

        screen.run("mask", "test", file);
        terminal.run("mask", "test", file);

        assertThat(screen.outBytes())
                .isEqualTo("{\"name\": \"Zo\u00eb\", \"pin\": \"***\"}".getBytes(StandardCharsets.UTF_16LE));
        assertThat(screen.err()).startsWith("read as UTF-16LE, and kept in it\n");
        assertThat(terminal.out()).isEqualTo("{\"name\": \"Zo\u00eb\", \"pin\": \"***\"}\n");
        Screen program = Screen.piped();
        program.run("mask", "test", file, "-o", "json");
        JsonNode document = Json.parse(program.outBytes());
        assertThat(document.path("charset").asText()).isEqualTo("UTF-16LE");
        assertThat(document.path("content").asText()).startsWith("{\"name\": \"Zo\u00eb\"");
    }

    @Test
    void looksAtNoMoreThanIsRecorded() throws IOException {
        String config = file("hansard.yaml", """
                version: 1
                services: { a: { upstream: http://a, record: { body-bytes: 20KiB } } }
                """);

        int code = run(screen, "password=hunter2 and more\n".repeat(1_000), "-c", config);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).hasSizeLessThan(20 << 10).endsWith("\n");
        assertThat(screen.err()).contains("hint: only the first 20480 bytes were looked at: record.body-bytes");
    }

    @Test
    void masksAllThatIsRecordedByDefault() throws IOException {
        String line = "password=hunter2\n";

        int code = run(screen, line.repeat((10 << 20) / line.length()));

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).hasSizeGreaterThan(7 << 20).doesNotContain("hunter2");
    }

    @Test
    void sendsNothingToATerminalThatItWouldActOn() {
        Screen terminal = Screen.ofWidth(80);

        int code = run(terminal, "a\u202eb", "--content-type", "text/plain");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).isEqualTo("a\\u202eb\n");
    }

    @Test
    void countsWhatLiesBeyondTheNotedPlaces() {
        String content = "{\"pin\": 1}\n".repeat(70);

        run(screen, content, "--content-type", "application/x-ndjson");

        assertThat(screen.err().lines().toList().getLast()).matches("default:credentials +6  \\(further places\\)");
    }

    @Test
    void explainsEveryReason() {
        assertThat(MaskReport.REASONS.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
