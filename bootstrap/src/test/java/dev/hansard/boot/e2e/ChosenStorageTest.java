// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.plugins.ExtendPage;
import dev.hansard.boot.plugins.PluginJars;
import dev.hansard.boot.wiring.NodeStartException;
import dev.hansard.ports.spi.PayloadStoreFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on the storage that docs/extend/storage.md shows. */
class ChosenStorageTest {
    private static final ExtendPage PAGE = ExtendPage.of("storage.md");

    @TempDir
    private Path folder = Path.of("");

    private String configuration(String upstream, Path share) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJars.of(
                plugins.resolve("acme-storage.jar"),
                PayloadStoreFactory.class,
                "com.acme.hansard.FlatFolder",
                PAGE.block("java"));
        return PAGE.block("yaml").replace("http://localhost:9001", upstream).replace("/mnt/segments", share.toString())
                + "  data-dir: data\nadmin: { address: \"127.0.0.1:0\" }\n"
                + "listeners: { in: { address: \"127.0.0.1:0\" } }\n";
    }

    @Test
    void keepsSegmentsInTheStoreOfAPluginAndReadsThemBack() throws IOException {
        Path share = Files.createDirectories(folder.resolve("share"));
        try (ScriptedUpstream upstream = ScriptedUpstream.with((_, out, _) -> {
            ScriptedUpstream.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
            return true;
        })) {
            String written = configuration("http://127.0.0.1:" + upstream.port(), share);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written);
                    RawClient caller = node.caller("in")) {
                assertThat(caller.send("GET /a HTTP/1.1\r\nHost: payments\r\n\r\n")
                                .readResponse())
                        .endsWith("hello");
            }
            // Its spool is closed with a node, and sealed by the next one.
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                await().untilAsserted(() -> assertThat(share).isNotEmptyDirectory());
                Screen screen = node.run("", "sessions", "ls", "-o", "id");
                assertThat(node.run("", "sessions", "body", screen.out().strip(), "response")
                                .out())
                        .contains("hello");
            }
        }
        assertThat(folder.resolve("data/payloads")).doesNotExist();
    }

    @Test
    void saysWhatToDoWhenAPluginsStoreCannotBeOpened() throws IOException {
        String written = configuration("http://127.0.0.1:9", folder.resolve("missing"));

        assertThatThrownBy(() -> ConfiguredNode.start(folder, written))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("cannot be written; mount it");
    }
}
