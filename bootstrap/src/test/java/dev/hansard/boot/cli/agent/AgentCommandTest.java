// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentCommandTest {
    private final Screen screen = Screen.piped();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("agent.yaml"), "version: 1\nservices: { ledger: 'http://10.0.0.7:9002' }\n");
        Files.writeString(folder.resolve("wrong.yaml"), "version: 1\n");
        Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef");
    }

    private int run(String gateway, String... more) {
        List<String> arguments = new ArrayList<>(List.of("agent", "--gateway", gateway, "--name", "dc2"));
        arguments.addAll(List.of("--token-file", folder.resolve("token").toString()));
        arguments.addAll(List.of("--config", folder.resolve("agent.yaml").toString()));
        arguments.addAll(List.of(more));
        return screen.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"https://gw.example.com:8443", "http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"})
    void servesToAGatewayWhereNobodyListensIn(String gateway) {
        assertThat(run(gateway)).isEqualTo(ExitCode.DONE);
        assertThat(screen.agents()).singleElement().asString().contains(gateway).contains("dc2");
    }

    @ParameterizedTest
    @CsvSource({"http://gw.example.com:8080", "http://10.0.0.1", "http://127.0.0.1.example.com"})
    void refusesPlaintextToAnotherMachine(String gateway) {
        assertThat(run(gateway)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("neither https nor on this machine", "--insecure-plaintext");
        assertThat(run(gateway, "--insecure-plaintext")).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource({"gw:8443", "https://gw/path", "ftp://gw"})
    void refusesWhatIsNoListener(String gateway) {
        assertThat(run(gateway)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--gateway must be a URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--connections must be 1 to 256, but is 0 | --connections 0",
                "belong together | --cert-file c.pem",
            })
    void saysWhatIsWrong(String expected, String option) {
        String[] words = option.split(" ");

        assertThat(run("https://gw", words)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains(expected);
    }

    @Test
    void saysWhatIsWrongWithItsConfiguration() {
        int code = screen.run(
                "agent",
                "--gateway",
                "https://gw",
                "--name",
                "dc2",
                "--token-file",
                folder.resolve("token").toString(),
                "--config",
                folder.resolve("wrong.yaml").toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("there are no services");
    }
}
