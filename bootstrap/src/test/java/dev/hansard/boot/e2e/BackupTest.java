// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.recovery.BackupFile;
import dev.hansard.storage.crypt.SealingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a node that is busy, put back into an empty folder, is a node again. */
@Timeout(180)
class BackupTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KILLS = 6;
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @BeforeEach
    void writeKey() throws IOException {
        Files.writeString(folder.resolve("key"), KEY);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private ConfiguredNode node(String data) {
        return ConfiguredNode.start(folder, """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: %s }
                ledger: { checkpoint-every: 200ms }
                services: { pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                """.formatted(data, upstream.port()));
    }

    private static void call(ConfiguredNode node) {
        try (RawClient caller = node.caller("in")) {
            caller.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.readToEnd()).contains("ok");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(ConfiguredNode node) {
        return node.run("", "sessions", "ls", "--limit", "10000", "-o", "id")
                .out()
                .lines()
                .toList();
    }

    private Screen backup(ConfiguredNode node, String name) {
        return node.run("", "backup", "--to", at(name), "--key-file", at("key"));
    }

    private Screen run(String... arguments) {
        Screen screen = Screen.piped(Map.of());
        screen.run(arguments);
        return screen;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Screen restore(String from, String data, String... more) {
        var arguments = new ArrayList<>(List.of("restore", "--from", at(from), "--data-dir", at(data)));
        arguments.addAll(List.of("--key-file", at("key")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private void copySegments(String from, String to) throws IOException {
        Path source = folder.resolve(from + "/payloads");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(to + "/payloads").resolve(source.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private String publishedKey(String data) throws IOException {
        return Files.readString(folder.resolve(data + "/node-name")).strip();
    }

    /** Records until it is told to stop, and closes the node so that the next one seals all. */
    private List<String> recordedUnderLoad(String backup) throws IOException, InterruptedException {
        try (ConfiguredNode node = node("data")) {
            var isDone = new AtomicBoolean();
            Thread load = Thread.ofPlatform().start(() -> {
                while (!isDone.get()) {
                    call(node);
                }
            });
            assertThat(node.run("", "keys", "create", "ci", "--group", "x").err())
                    .doesNotContain("error");
            await().atMost(LIMIT).until(() -> ids(node).size() > 5);
            Screen hold = node.run("", "hold", "add", "--query", "path:/a", "--name", "Case 1", "--reason", "letter");
            assertThat(hold.out()).startsWith("hold_");
            // So that the backup has a checkpoint that the ledger can be held against.
            await().atMost(LIMIT).until(this::hasCheckpoint);
            Screen taken = backup(node, backup);
            isDone.set(true);
            load.join();
            assertThat(taken.err()).contains("control data of node-");
            node.run("", "hold", "add", "--query", "path:/a", "--name", "Case 2", "--reason", "another letter");
        }
        try (ConfiguredNode node = node("data")) {
            // What was in the spool is in segments soon after a start.
            await().atMost(LIMIT).until(() -> spoolFiles() <= 1);
            await().atMost(LIMIT).until(() -> published().contains("Case 2"));
            return ids(node);
        }
    }

    private boolean hasCheckpoint() throws IOException {
        Path checkpoints = folder.resolve("data/payloads/_ledger/" + publishedKey("data") + "/checkpoint");
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.findAny().isPresent();
        }
    }

    private String published() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("data/payloads/_ledger"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    private long spoolFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/spool"))) {
            return files.filter(file -> file.toString().endsWith(".spool")).count();
        }
    }

    @Test
    void isANodeAgainWithAllItsSessionsKeysAndHolds() throws IOException, InterruptedException {
        List<String> before = recordedUnderLoad("a.backup");
        String old = publishedKey("data");
        Files.createDirectories(folder.resolve("new"));
        copySegments("data", "new");

        Screen restored = restore("a.backup", "new");
        Screen rebuilt = run("storage", "rebuild-catalog", "--data-dir", at("new"));

        assertThat(restored.out()).startsWith("node-").doesNotContain(old);
        assertThat(restored.err())
                .contains("Case 2")
                .contains("it is not in the backup: place it again")
                .doesNotContain("Case 1;")
                .contains("not known: API keys that were revoked since");
        assertThat(rebuilt.err()).isEmpty();
        try (ConfiguredNode node = node("new")) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(ids(node)).isEqualTo(before));
            assertThat(node.run("", "sessions", "show", before.getFirst()).out())
                    .contains("/a");
            assertThat(node.run("", "keys", "ls").out()).contains("ci");
            assertThat(node.run("", "hold", "ls").out()).contains("Case 1").doesNotContain("Case 2");
            assertThat(node.run("", "audit", "ls", "-o", "ndjson").out())
                    .contains("control_restored", "backup_taken", "hold_placed");
            call(node);
            await().atMost(LIMIT).until(() -> ids(node).size() == before.size() + 1);
        }
        assertThat(Files.readString(folder.resolve("new/masking.key")))
                .isEqualTo(Files.readString(folder.resolve("data/masking.key")));
        Screen ofOld = run("verify", "--data-dir", at("new"), "--node", old, "--key", at("new/ledger-" + old + ".pub"));
        assertThat(ofOld.err()).contains("intact");
        Screen ofNew = run("verify", "--data-dir", at("new"));
        assertThat(ofNew.err()).contains("intact");
    }

    @Test
    void isNoticedByTheLedgerWhenItGoesOnAsTheSameNode() throws IOException, InterruptedException {
        recordedUnderLoad("a.backup");
        Files.createDirectories(folder.resolve("new"));
        copySegments("data", "new");

        Screen restored = restore("a.backup", "new", "--same-node");

        assertThat(restored.out().strip()).isEqualTo(publishedKey("data"));
        try (ConfiguredNode node = node("new")) {
            call(node);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(node.get("", "/readyz").body())
                            .contains("its folder is older, as from a backup; nothing is appended"));
        }
    }

    @Test
    void saysWhenTheSegmentsAreOlderThanTheBackup() throws IOException, InterruptedException {
        recordedUnderLoad("a.backup");

        Screen restored = restore("a.backup", "new");

        assertThat(restored.err()).contains("the payload store has 0 leaves");
    }

    @Test
    void isTakenOfAStoppedNodeToo() throws IOException {
        try (ConfiguredNode node = node("data")) {
            node.run("", "keys", "create", "ci", "--group", "x");
            assertThat(run("backup", "--data-dir", at("data"), "--to", at("b.backup"), "--key-file", at("key"))
                            .err())
                    .contains("in use by another Hansard");
        }

        Screen taken = run("backup", "--data-dir", at("data"), "--to", folder.toString(), "--key-file", at("key"));
        String file = Path.of(taken.out().strip()).getFileName().toString();
        Screen restored = restore(file, "new");

        assertThat(file).matches("hansard-\\d{8}T\\d{6}Z\\.backup");
        assertThat(restored.out()).startsWith("node-");
        assertThat(restored.err()).contains("whether segments are missing").doesNotContain("leaves were added");
        try (ConfiguredNode node = node("new")) {
            assertThat(node.run("", "keys", "ls").out()).contains("ci");
        }
    }

    @Test
    void goesIntoAnEmptyFolderOnlyAndChangesNothingOfAnother() throws IOException {
        try (ConfiguredNode node = node("data")) {
            backup(node, "a.backup");
        }
        byte[] before = Files.readAllBytes(folder.resolve("data/node-name"));

        Screen screen = Screen.piped(Map.of());
        int code = screen.run("restore", "--from", at("a.backup"), "--data-dir", at("data"), "--key-file", at("key"));

        assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(screen.err()).contains("must be empty but for 'payloads', but has '");
        assertThat(Files.readAllBytes(folder.resolve("data/node-name"))).isEqualTo(before);
    }

    @Test
    void writesNothingOfABackupThatIsNotRight() throws IOException {
        try (ConfiguredNode node = node("data")) {
            backup(node, "a.backup");
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("a.backup"));
        bytes[bytes.length - 5] ^= 1;
        Files.write(folder.resolve("a.backup"), bytes);

        Screen screen = restore("a.backup", "new");

        assertThat(screen.err()).contains("the backup is not right");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void beginsAnewWhereItWasKilled() throws IOException {
        try (ConfiguredNode node = node("data")) {
            node.run("", "keys", "create", "ci", "--group", "x");
            backup(node, "a.backup");
        }
        Files.createDirectories(folder.resolve("new/control"));
        Files.writeString(folder.resolve("new/control/control.mv.db"), "half of it");
        Files.writeString(folder.resolve("new/restore.incomplete"), "a backup is being put back");
        assertThat(run("storage", "rebuild-catalog", "--data-dir", at("new")).err())
                .contains("error");

        assertThat(restore("a.backup", "new").out()).startsWith("node-");

        try (ConfiguredNode node = node("new")) {
            assertThat(node.run("", "keys", "ls").out()).contains("ci");
        }
    }

    @Test
    void isNoticedWhenControlDataAreTurnedBackUnderANode() throws IOException {
        try (ConfiguredNode node = node("data")) {
            node.run("", "keys", "create", "ci", "--group", "x");
        }
        Path control = folder.resolve("data/control/control.mv.db");
        byte[] old = Files.readAllBytes(control);
        try (ConfiguredNode node = node("data")) {
            String id = node.run("", "keys", "ls", "-o", "id").out().strip();
            node.run("", "keys", "revoke", id);
        }

        Files.write(control, old);

        try (ConfiguredNode node = node("data")) {
            assertThat(node.run("", "audit", "ls", "-o", "ndjson").out())
                    .contains("control_turned_back", "but this node has seen ");
        }
        try (ConfiguredNode node = node("data")) {
            assertThat(node.run("", "audit", "ls", "-o", "ndjson")
                            .out()
                            .lines()
                            .filter(line -> line.contains("control_turned_back")))
                    .hasSize(1);
        }
    }

    @Test
    void isWholeOrNotThereWheneverItIsKilled() throws IOException, InterruptedException {
        try (ConfiguredNode node = node("data")) {
            node.run("", "keys", "create", "ci", "--group", "x");
        }
        Path to = Files.createDirectories(folder.resolve("to"));

        for (int i = 1; i <= KILLS; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.hansard.boot.Main",
                            "backup",
                            "--data-dir",
                            at("data"),
                            "--to",
                            to.resolve("kill" + i + ".backup").toString(),
                            "--key-file",
                            at("key"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            process.waitFor(i * 400L, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        run(
                "backup",
                "--data-dir",
                at("data"),
                "--to",
                to.resolve("last.backup").toString(),
                "--key-file",
                at("key"));

        try (Stream<Path> files = Files.list(to)) {
            List<Path> there = files.toList();
            assertThat(there)
                    .contains(to.resolve("last.backup"))
                    .allMatch(file -> file.toString().endsWith(".backup"));
            var key = SealingKey.of(KEY.getBytes(StandardCharsets.US_ASCII));
            for (Path file : there) {
                assertThat(new BackupFile(file, key).read((_, _) -> {}).auditNumber())
                        .isPositive();
            }
        }
    }

    @Test
    void isNotWrittenInClearUnlessThatIsSaid() {
        Screen screen = run("backup", "--data-dir", at("data"), "--to", at("a.backup"));

        assertThat(screen.err()).contains("a backup holds secret keys, so it is sealed", "--plain");
        assertThat(folder.resolve("a.backup")).doesNotExist();
    }
}
