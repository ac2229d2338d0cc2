// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private final Screen screen = Screen.piped();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesAFirstConfigurationThatIsRight() {
        String file = folder.resolve("hansard.yaml").toString();

        assertThat(screen.run("config", "init", file)).isEqualTo(ExitCode.DONE);
        assertThat(screen.run("config", "validate", file)).isEqualTo(ExitCode.DONE);

        assertThat(screen.out()).isEqualTo(file + "\n" + file + " is right: 1 listener, 1 service\n");
        assertThat(screen.err()).isEqualTo("hint: edit it, then `hansard serve --config " + file + "`\n");
    }

    @Test
    void writesAFirstConfigurationWhoseCommentsAreRightToo() throws IOException {
        screen.run("config", "init", "-");
        String uncommented = screen.out().replaceAll("(?m)^#(?! )", "").replaceAll("(?m)^#  ", "  ");
        Path file = Files.writeString(folder.resolve("all.yaml"), uncommented);

        int code = screen.run("config", "validate", file.toString());

        assertThat(uncommented).contains("\n  payments:\n", "\nlisteners:\n", "\ntelemetry:\n");
        // The files for TLS that it names are not here; nothing else is wrong.
        assertThat(screen.err().lines().filter(line -> line.contains(": error: ")))
                .hasSize(2)
                .allMatch(line -> line.contains("must be a file that can be read, but is '/etc/hansard/"));
        assertThat(code).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void doesNotReplaceAFileUnlessForced() throws IOException {
        Path file = Files.writeString(folder.resolve("hansard.yaml"), "mine");

        assertThat(screen.run("config", "init", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("mine");
        assertThat(screen.run("config", "init", "--force", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(file).content().contains("version: 1");
    }

    @Test
    void showsTheEffectiveConfigurationWithoutValuesFromOutside() throws IOException {
        Path file = Files.writeString(folder.resolve("h.yaml"), "version: 1\nservices: { a: \"${env:TARGET}\" }\n");
        var with = Screen.piped(Map.of("TARGET", "http://canary:1"));

        assertThat(with.run("config", "show", "--config", file.toString())).isEqualTo(ExitCode.DONE);

        assertThat(with.out())
                .contains("urls: [\"${env:TARGET}\"]  # from outside, fingerprint ")
                .contains("durability: strict")
                .doesNotContain("canary");
    }

    @Test
    void printsTheSchema() throws IOException {
        assertThat(screen.run("config", "schema")).isEqualTo(ExitCode.DONE);

        assertThat(new ObjectMapper().readTree(screen.out()).path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void refusesAConfigurationThatIsNamedTwiceOrMissing() {
        assertThat(screen.run("config", "validate", "a", "--config", "b")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.run("config", "validate", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("the file cannot be read: there is no such file");
    }
}
