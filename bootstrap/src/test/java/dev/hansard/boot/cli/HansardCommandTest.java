// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HansardCommandTest {
    private final Screen screen = Screen.piped();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "config",
                "sessions",
                "mask",
                "sevre",
                "serve --nonsense",
                "sessions show",
                "serve --listen 8080"
            })
    void refusesWhatIsNoCommandWithAHint(String line) {
        int code = screen.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err())
                .startsWith("error: ")
                .contains("hint: try 'hansard")
                .contains("--help'");
    }

    @Test
    void saysWhatAnAddressLooksLike() {
        screen.run("serve", "--listen", "8080", "--upstream", "http://a");

        assertThat(screen.err())
                .contains("must be an address such as 127.0.0.1:8080 or [::1]:8080 (the port is missing)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "config init --help", "sessions tail -h"})
    void printsHelpAsData(String line) {
        int code = screen.run(line.split(" "));

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).startsWith("Usage: hansard");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void namesEveryCommandInItsHelp() {
        screen.run("--help");

        assertThat(screen.out())
                .contains("serve", "demo", "config", "sessions", "mask", "completion", "version", "Exit codes")
                .contains("login", "logout", "whoami", "keys", "audit");
    }

    @Test
    void saysInOneLineThatSomethingIsABugWithoutItsMessage() {
        int code = screen.run(
                (_, _, _) -> {
                    throw new IllegalStateException("card 4111111111111111");
                },
                "serve",
                "--upstream",
                "http://localhost:1");

        assertThat(code).isEqualTo(ExitCode.OUR_BUG);
        assertThat(screen.err())
                .startsWith("this is a bug: java.lang.IllegalStateException at dev.hansard.boot.cli.")
                .doesNotContain("4111")
                .hasLineCount(1);
    }

    @Test
    void exitsWithTheCodeOfAFailure() {
        int code = screen.run(
                (_, _, _) -> {
                    throw new CommandFailedException(ExitCode.UNREACHABLE, "the port is taken", "choose another");
                },
                "serve",
                "--upstream",
                "http://localhost:1");

        assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(screen.err()).isEqualTo("error: the port is taken\nhint: choose another\n");
    }

    @Test
    void printsTheVersion() {
        int code = screen.run("version");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).startsWith("hansard " + Version.DEVELOPMENT + "\njava 2");
    }

    @Test
    void runsTheDemoOnLoopbackOnly() {
        assertThat(screen.run("demo", "--listen", "127.0.0.1:18080")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("demo on 127.0.0.1:18080 and 127.0.0.1:9000\n");

        assertThat(screen.run("demo", "--listen", "0.0.0.0:8080")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.run("demo", "--admin", "localhost:8080")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void printsACompletionThatBashCanRead(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(screen.run("completion", "bash")).isEqualTo(ExitCode.DONE);
        Path script = Files.writeString(folder.resolve("completion"), screen.out());

        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(screen.out()).contains("complete -F _complete_hansard", "sessions", "--upstream");
    }

    @Test
    void printsACompletionForZsh() {
        assertThat(screen.run("completion", "zsh")).isEqualTo(ExitCode.DONE);

        assertThat(screen.out())
                .startsWith("autoload -U +X compinit && compinit\n")
                .contains("bashcompinit");
        assertThat(screen.run("completion", "fish")).isEqualTo(ExitCode.USAGE);
    }
}
