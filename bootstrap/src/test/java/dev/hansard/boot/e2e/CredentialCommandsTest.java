// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hansard credentials} with a node. */
@Timeout(90)
class CredentialCommandsTest {
    @TempDir
    Path folder;

    private ConfiguredNode node() throws IOException {
        Files.writeString(folder.resolve("key"), "first-canary-value");
        return ConfiguredNode.start(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  shop:
                    upstream: http://127.0.0.1:1
                    credentials: [{ type: bearer, token: "${file:key}" }]
                """);
    }

    @Test
    void listsAndRotatesAndShowsNoValue() throws IOException {
        try (ConfiguredNode node = node()) {
            // The first one may come before the first tick has read the file.
            Screen first = node.run("", "credentials", "rotate", "shop-bearer");
            Screen same = node.run("", "credentials", "rotate", "shop-bearer");
            Files.writeString(folder.resolve("key"), "second-canary-value");
            Screen other = node.run("", "credentials", "rotate", "shop-bearer");
            Screen list = node.run("", "credentials", "ls", "-o", "wide");
            Screen audit = node.run("", "audit", "ls", "-o", "ndjson");

            assertThat(first.out().strip()).matches("[a-z2-7]{10}");
            assertThat(same.out()).isEqualTo(first.out());
            assertThat(same.err()).contains("the source has the same value as before");
            assertThat(other.out()).isNotEqualTo(first.out());
            assertThat(list.out())
                    .contains(
                            "shop-bearer",
                            "bearer",
                            other.out().strip(),
                            first.out().strip())
                    .doesNotContain("canary");
            assertThat(audit.out()).contains("credential_rotated", "shop-bearer");
        }
    }

    private static Screen screen(ConfiguredNode node) {
        return Screen.piped(Map.of("HANSARD_ADMIN", node.adminUrl()));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        try (ConfiguredNode node = node()) {
            node.run("", "credentials", "rotate", "shop-bearer");
            Files.delete(folder.resolve("key"));

            Screen gone = screen(node);
            int notRotated = gone.run("credentials", "rotate", "shop-bearer");
            int unknown = screen(node).run("credentials", "rotate", "nothing");
            Screen pasted = screen(node);
            int notAName = pasted.run("credentials", "rotate", "Pasted-Value!");

            assertThat(notRotated).isEqualTo(ExitCode.ANSWER_IS_NO);
            assertThat(gone.err()).contains("'shop-bearer' was not rotated: file 'key' cannot be read");
            assertThat(unknown).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(notAName).isEqualTo(ExitCode.USAGE);
            assertThat(pasted.err()).doesNotContain("Pasted");
        }
    }
}
