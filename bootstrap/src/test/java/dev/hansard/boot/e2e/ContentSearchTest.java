// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions are found by what was said in them, wherever they lie. */
@Timeout(120)
class ContentSearchTest {
    @TempDir
    private Path folder = Path.of("");

    private String configuration(ScriptedUpstream upstream) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path kek = Files.createFile(folder.resolve("kek"), owner);
        Files.writeString(kek, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        return "version: 1\nservices: { payments: http://127.0.0.1:" + upstream.port() + " }\n"
                + "storage:\n  data-dir: " + folder.resolve("data") + "\n"
                + "  encryption: { key-file: " + kek + ", per-session: true }\n"
                + "admin: { address: \"127.0.0.1:0\" }\nlisteners: { in: { address: \"127.0.0.1:0\" } }\n";
    }

    private static void call(ConfiguredNode node, String order) throws IOException {
        String content = "{\"order\":\"" + order + "\",\"password\":\"hunter_2\"}";
        try (RawClient caller = node.caller("in")) {
            assertThat(caller.send("POST /orders HTTP/1.1\r\nHost: payments\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + content.length() + "\r\n\r\n" + content)
                            .readResponse())
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static List<String> found(ConfiguredNode node, String query) {
        Screen screen = node.run("", "sessions", "search", query, "-o", "id");
        assertThat(screen.err()).contains("found;");
        return screen.out().lines().toList();
    }

    @Test
    void findsSessionsInTheSpoolAndInSegments() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                ConfiguredNode node = ConfiguredNode.start(folder, configuration(upstream))) {
            call(node, "ord_1");
            call(node, "ord_2");
            await().untilAsserted(() -> assertThat(
                            node.run("", "sessions", "ls", "-o", "id").out().lines())
                    .hasSize(2));

            List<String> first = found(node, "body:\"ORD_1\" service:payments");
            List<String> second = found(node, "body:ord_2 after:1h");

            assertThat(first).hasSize(1);
            assertThat(second).hasSize(1).isNotEqualTo(first);
            assertThat(found(node, "body:ord")).isEmpty();
            assertThat(found(node, "body:hunter_2")).isEmpty();
            // Erasing seals what there is.
            node.run("", "sessions", "erase", first.getFirst(), "--reason", "gdpr");
            assertThat(found(node, "body:ord_1")).isEmpty();
            assertThat(found(node, "body:ord_2")).isEqualTo(second);
            assertThat(node.run("", "audit", "ls").out()).contains("contents_searched", "body:ord_2 after:1h");
            assertThat(node.run("", "sessions", "search", "service:payments").err())
                    .contains("needs what to look for");
        }
    }
}
