// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.ports.exchange.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for leaks in what a node has recorded, and records again by the rules that this proposes. */
class MaskScanTest {
    private static final List<String> SECRETS = List.of(
            "ann.lee@example.com", "eve@example.org", "DE89370400440532013000", "4111111111111111", "078-05-1120");

    private static final String CONTENT = """
            {"gr\u00f6\u00dfe\u20ac": [{"mail": "%s"}], "account": "%s", "paid": {"with": "%s"}, "password": "hunter2"}
            """.formatted(SECRETS.get(0), SECRETS.get(2), SECRETS.get(3));

    @TempDir
    private Path folder = Path.of("");

    private void record(MaskingSettings masking, Path into, Screen screen, String... options) throws IOException {
        String answer = "ssn=" + SECRETS.get(4) + "&token=abc";
        try (var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: " + answer.length()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + answer);
                RunningNode node = RunningNode.with(
                        into,
                        ListenerSettings.DEFAULT,
                        masking,
                        RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()));
                RawClient caller = node.caller()) {
            byte[] content = CONTENT.getBytes(StandardCharsets.UTF_8);
            caller.send("POST /pay?for=" + SECRETS.get(1) + " HTTP/1.1\r\nHost: it\r\nX-Who: " + SECRETS.get(1)
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n")
                    .send(content);
            caller.readHead();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> node.list("").body().contains("\"state\":\"complete\""));

            screen.run(Stream.concat(Stream.of("mask", "scan", "--admin", node.adminUrl()), Stream.of(options))
                    .toArray(String[]::new));
        }
    }

    @Test
    void findsWhatIsClearAndProposesRulesThatHideIt() throws IOException {
        Screen table = Screen.piped();
        record(MaskingSettings.DEFAULT, folder.resolve("a"), table);
        Screen yaml = Screen.piped();
        record(MaskingSettings.DEFAULT, folder.resolve("b"), yaml, "-o", "yaml");
        Screen after = Screen.piped();

        record(rules(yaml.out()), folder.resolve("c"), after);

        assertThat(table.out().lines().takeWhile(line -> !line.isBlank()).skip(1))
                .extracting(line -> line.replaceAll(" +", " ").replaceAll(" 1 1 ses.*", ""))
                .containsExactly(
                        "clear iban test request /account",
                        "clear email test request /gr\u00f6\u00dfe\u20ac/*/mail",
                        "clear email test request header:x-who",
                        "clear email test request query:for",
                        "clear ssn test response form:ssn",
                        "detected card test request /paid/with");
        for (String secret : SECRETS) {
            assertThat(table.out() + table.err() + yaml.out() + yaml.err()).doesNotContain(secret);
        }
        assertThat(after.err()).isEqualTo("looked through 1 session and 2 contents\nnothing was found\n");
    }

    private MaskingSettings rules(String proposed) throws IOException {
        String config = "version: 1\nservices:\n  test: { upstream: http://p, masking: [scan-test] }\n" + proposed;
        Path file = Files.writeString(folder.resolve("hansard.yaml"), config);
        Screen validating = Screen.piped();
        assertThat(validating.run("config", "validate", file.toString()))
                .as(config + validating.err())
                .isEqualTo(ExitCode.DONE);
        return ConfigFile.chosen(file, Terminal.ofProcess(new Properties(), Map.of()))
                .load()
                .masking();
    }
}
