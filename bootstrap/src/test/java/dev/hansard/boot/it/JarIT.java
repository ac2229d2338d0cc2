// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does with the jar. */
final class JarIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void saysItsVersionInItsManifestAndOnStdout() throws IOException {
        try (var jar = new JarFile(JarNode.jar().toFile());
                JarNode run = run("version")) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String version = manifest.getValue("Hansard-Version");

            assertThat(run.exitCode(LIMIT)).isZero();
            assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(run.stdout()).startsWith("hansard " + version + "\n");
            assertThat(run.stderr()).isEmpty();
        }
    }

    @Test
    void endsWithTwoAndSaysWhatIsWrongWithTheConfiguration() throws IOException {
        Path config = folder.resolve("wrong.yaml");
        Files.writeString(
                config, "version: 1\nservices: { a: http://localhost:1 }\nlisteners: { edge: { adress: x } }\n");

        try (JarNode run = run("serve", "--config", config.toString())) {
            assertThat(run.exitCode(LIMIT)).isEqualTo(2);
            assertThat(run.stderr()).contains("wrong.yaml:3:", "adress", "address");
            assertThat(run.stdout()).isEmpty();
        }
    }

    private JarNode run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JarNode.tool("java"),
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                JarNode.jar().toString()));
        command.addAll(List.of(arguments));
        return JarNode.launch(folder, command);
    }
}
