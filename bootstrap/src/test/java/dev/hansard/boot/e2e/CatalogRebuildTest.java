// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalog is an index: whatever happens to it, all sessions are listed again as they were. */
@Timeout(180)
class CatalogRebuildTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SEALED = 12;
    private static final int IN_SPOOL = 5;

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @AfterEach
    void stop() {
        upstream.close();
    }

    private ConfiguredNode node() {
        return ConfiguredNode.start(folder, """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services: { pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                """.formatted(upstream.port()));
    }

    private static void record(ConfiguredNode node, String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (RawClient caller = node.caller("in")) {
                caller.send("GET " + path + i + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(caller.readToEnd()).contains("ok");
            }
        }
    }

    private static List<String> listed(ConfiguredNode node) {
        return node.run("", "sessions", "ls", "-o", "ndjson").out().lines().toList();
    }

    /** What a node lists of which a part is sealed, because an earlier one closed it, and a part is not. */
    private List<String> recorded() throws IOException {
        try (ConfiguredNode first = node()) {
            record(first, "/sealed/", SEALED);
        }
        try (ConfiguredNode second = node()) {
            await().atMost(LIMIT).until(() -> !segments().isEmpty());
            record(second, "/new/", IN_SPOOL);
            await().atMost(LIMIT).until(() -> listed(second).size() == SEALED + IN_SPOOL);
            return listed(second);
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            return files.filter(file -> file.toString().endsWith(".warc.zst")).toList();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Screen rebuild() {
        Screen screen = Screen.piped(Map.of());
        screen.run("storage", "rebuild-catalog", "--data-dir", data().toString());
        return screen;
    }

    private void assertListsTheSame(List<String> before) {
        try (ConfiguredNode node = node()) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(listed(node)).isEqualTo(before));
        }
    }

    @Test
    void comesBackWholeWhenItsFilesAreGone() throws IOException {
        List<String> before = recorded();
        try (Stream<Path> files = Files.walk(data().resolve("catalog"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        Screen screen = rebuild();

        assertThat(screen.err()).isEmpty();
        assertThat(screen.out()).matches("\\d+ sessions came back from \\d+ segments\\R");
        assertThat(data().resolve("catalog.incomplete")).doesNotExist();
        assertListsTheSame(before);
        // Done once more it changes nothing.
        assertThat(rebuild().err()).isEmpty();
        assertListsTheSame(before);
    }

    @Test
    void comesBackWholeWhenItsFilesAreDamaged() throws IOException {
        List<String> before = recorded();
        try (Stream<Path> files = Files.walk(data().resolve("catalog"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "no database".repeat(1_000));
            }
        }

        Screen screen = rebuild();

        assertThat(screen.err()).isEmpty();
        assertListsTheSame(before);
    }

    @Test
    void namesASegmentThatCannotBeRead() throws IOException {
        recorded();
        Path segment = segments().getFirst();
        Files.write(segment, new byte[300]);

        Screen screen = Screen.piped(Map.of());
        int code = screen.run("storage", "rebuild-catalog", "--data-dir", data().toString());

        assertThat(code).isEqualTo(ExitCode.ANSWER_IS_NO);
        assertThat(screen.err())
                .contains("unreadable: pay/default/", segment.getFileName() + ": no record of it can be read");
    }

    @Test
    void isDoneByARunningNode() throws IOException {
        recorded();

        try (ConfiguredNode node = node()) {
            await().atMost(LIMIT).until(() -> listed(node).size() == SEALED + IN_SPOOL);
            List<String> before = listed(node);
            Screen screen = node.run("", "storage", "rebuild-catalog");

            assertThat(screen.out()).contains("sessions came back from");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(listed(node)).isEqualTo(before));
            assertThat(node.run("", "audit", "ls", "-o", "ndjson").out()).contains("catalog_rebuilt");
        }
    }

    @Test
    void isDoneAnewByTheNextStartWhenItWasKilled() throws IOException {
        List<String> before = recorded();
        // What a process leaves that is killed after it has emptied the catalog.
        try (Stream<Path> files = Files.list(data().resolve("catalog"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(data().resolve("catalog.incomplete"), "", StandardCharsets.UTF_8);

        assertListsTheSame(before);

        assertThat(data().resolve("catalog.incomplete")).doesNotExist();
    }

    @Test
    void leavesTheFolderOfARunningNodeAlone() {
        try (ConfiguredNode _ = node()) {
            Screen screen = rebuild();

            assertThat(screen.err()).contains("in use by another Hansard");
        }
    }
}
