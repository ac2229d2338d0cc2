// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.wiring.NodeStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node with storage.encryption: nothing of what is said through it can be found on its disk. */
@Timeout(120)
class EncryptionTest {
    private static final String FIRST = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String SECOND = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    // Ordinary words, which no masking rule would ever touch.
    private static final List<String> CONTENTS =
            List.of("Xq7QueryWord", "Xq7FieldWord", "Xq7AskedWord", "Xq7AnsweredField", "Xq7AnsweredWord");

    @TempDir
    private Path folder = Path.of("");

    private Path keyFile() throws IOException {
        Path file = folder.resolve("kek");
        if (!Files.exists(file)) {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(file, owner), FIRST + "\n");
        }
        return file;
    }

    private String configuration(ScriptedUpstream upstream, boolean encrypted) throws IOException {
        return "version: 1\nservices: { payments: http://127.0.0.1:" + upstream.port() + " }\n"
                + "storage:\n  data-dir: " + folder.resolve("data") + "\n"
                + (encrypted ? "  encryption: { key-file: " + keyFile() + " }\n" : "")
                + "admin: { address: \"127.0.0.1:0\" }\nlisteners: { in: { address: \"127.0.0.1:0\" } }\n";
    }

    private static ScriptedUpstream upstream() throws IOException {
        return ScriptedUpstream.with((_, out, _) -> {
            ScriptedUpstream.write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-A: Xq7AnsweredField\r\nContent-Length: 15\r\n\r\n"
                            + "Xq7AnsweredWord");
            return true;
        });
    }

    private static void call(ConfiguredNode node) throws IOException {
        try (RawClient caller = node.caller("in")) {
            assertThat(caller.send("POST /a?q=Xq7QueryWord HTTP/1.1\r\nHost: payments\r\nX-B: Xq7FieldWord\r\n"
                                    + "Content-Type: text/plain\r\nContent-Length: 12\r\n\r\nXq7AskedWord")
                            .readResponse())
                    .endsWith("Xq7AnsweredWord");
        }
    }

    private static String shown(ConfiguredNode node) {
        Screen ids = node.run("", "sessions", "ls", "-o", "id");
        String id = ids.out().lines().findFirst().orElse("");
        return node.run("", "sessions", "show", id, "-o", "json").out()
                + node.run("", "sessions", "body", id, "request").out()
                + node.run("", "sessions", "body", id, "response").out();
    }

    @Test
    void leavesNoByteOfAContentOnTheDisk() throws IOException {
        try (ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream, true);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
                await().untilAsserted(() -> assertThat(shown(node)).contains(CONTENTS));
                assertThat(found()).isEmpty();
            }
            assertThat(found()).isEmpty();
            // Its spool is closed with a node, and sealed by the next one.
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                await().untilAsserted(() -> assertThat(segments()).isNotEmpty());
                await().untilAsserted(() -> assertThat(shown(node)).contains(CONTENTS));
                assertThat(found()).isEmpty();
            }
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void findsTheSameWordsWithoutEncryption() throws IOException {
        try (ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream, false);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
            }
        }

        assertThat(found()).isNotEmpty();
    }

    @Test
    void doesNotStartWithAnotherKeyOrNone() throws IOException {
        try (ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream, true);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
            }
            Files.writeString(keyFile(), SECOND + "\n");
            assertThatThrownBy(() -> ConfiguredNode.start(folder, written))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("data key ")
                    .hasMessageContaining("put that key back into it");

            Files.delete(keyFile());
            assertThatThrownBy(() -> ConfiguredNode.start(folder, written))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("kek' is not there");
        }
    }

    @Test
    void rotatesBesideARunningNode() throws IOException {
        try (ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream, true);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
                Files.writeString(keyFile(), SECOND + "\n", StandardOpenOption.APPEND);

                Screen screen = node.run(
                        "",
                        "keys",
                        "rotate",
                        "--config",
                        folder.resolve("hansard.yaml").toString());

                assertThat(screen.out()).startsWith("file:");
                assertThat(screen.err()).contains("1 data keys were wrapped anew");
            }
            Files.writeString(keyFile(), SECOND + "\n");
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                await().untilAsserted(() -> assertThat(shown(node)).contains(CONTENTS));
            }
        }
    }

    @Test
    void shredsTheKeyOfOneSession() throws IOException {
        try (ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream, true).replace("/kek }", "/kek, per-session: true }")
                    + "ledger: { checkpoint-every: 100ms }\n";
            String erased;
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
                call(node);
                await().untilAsserted(() -> assertThat(shown(node)).contains(CONTENTS));
                erased = node.run("", "sessions", "ls", "-o", "id")
                        .out()
                        .lines()
                        .findFirst()
                        .orElse("");
                assertThat(node.run("", "sessions", "erase", erased, "--reason", "gdpr")
                                .out())
                        .contains(erased);

                await().untilAsserted(() -> assertThat(shown(node)).contains(CONTENTS));
                assertThat(node.run("", "sessions", "ls", "-o", "id").out()).doesNotContain(erased);
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    Screen verified = Screen.piped(Map.of());
                    verified.run(
                            "verify", "--config", folder.resolve("hansard.yaml").toString());
                    assertThat(verified.out() + verified.err()).contains("intact");
                    assertThat(ledgerText()).contains("shredded");
                });
            }
        }
    }

    private String ledgerText() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("data/payloads/_ledger"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".warc.zst")).toList();
        }
    }

    private List<String> found() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                CONTENTS.stream()
                        .filter(text::contains)
                        .forEach(word -> found.add(file.getFileName() + " holds " + word));
            }
        }
        for (Path segment : segments()) {
            try (InputStream in = new ZstdInputStream(Files.newInputStream(segment))) {
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                CONTENTS.stream().filter(text::contains).forEach(found::add);
            }
        }
        return found;
    }
}
