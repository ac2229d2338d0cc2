// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.ports.recovery.ControlValue;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import dev.hansard.storage.crypt.SealingKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final SealingKey KEY = SealingKey.of(new byte[SealingKey.KEY_BYTES]);
    private static final SealingKey OTHER =
            SealingKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path folder = Path.of("");

    private final Random random = new Random(7);
    private final List<ControlRow> rows = new ArrayList<>();

    @BeforeEach
    void fillFolder() throws IOException {
        Files.writeString(folder.resolve("node-name"), "node-1\n");
        Files.writeString(folder.resolve("masking.key"), "secret words of the node\n");
        for (long i = 1; i <= 2_000; i++) {
            rows.add(row(i));
        }
    }

    private ControlRow row(long number) {
        Map<String, ControlValue> values = new LinkedHashMap<>();
        values.put("number", new ControlValue.Whole(number));
        values.put("happened_at", new ControlValue.Time(NOON.plusNanos(number)));
        values.put("actor", new ControlValue.Text("line\nwith \u0000 and \uD83D\uDE00 " + random.nextLong()));
        values.put("session", new ControlValue.Id(new UUID(random.nextLong(), number)));
        values.put("reason", ControlValue.NONE);
        values.put("allowed", new ControlValue.Truth(number % 2 == 0));
        values.put("groups", new ControlValue.Texts(List.of("a", "", "b,'c'")));
        values.put("sealed", new ControlValue.Octets("AAEC"));
        return new ControlRow("audit", values);
    }

    private BackupFile.Content content() {
        var origin = new BackupArchive.Origin(NOON, "0.1", "node-1", "h2", "", folder);
        return out -> BackupArchive.write(out, origin, new ControlCopies() {
            @Override
            public void read(Sink sink) throws IOException {
                for (ControlRow row : rows) {
                    sink.take(row);
                }
            }

            @Override
            public void fill(Iterator<ControlRow> ignored) {
                throw new UnsupportedOperationException();
            }
        });
    }

    private Path written(@Nullable SealingKey key) throws IOException {
        Path file = folder.resolve("to/a.backup");
        new BackupFile(file, key).write(content(), random);
        return file;
    }

    private static List<ControlRow> read(Path file, @Nullable SealingKey key) throws IOException {
        var found = new ArrayList<ControlRow>();
        new BackupFile(file, key).read((name, in) -> {
            if (ControlRows.areIn(name)) {
                new ControlRows(in).forEachRemaining(found::add);
            }
        });
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("to"))) {
            return files.toList();
        }
    }

    @Test
    void givesBackEveryRow() throws IOException {
        Path sealed = written(KEY);

        assertThat(read(sealed, KEY)).isEqualTo(rows);
        assertThat(files()).containsExactly(sealed);
    }

    @Test
    void isForItsOwnerAndShowsNothing() throws IOException {
        Path sealed = written(KEY);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain("secret words", "node-1", "manifest");
    }

    @Test
    void opensWithItsKeyOrPassphraseAlone() throws IOException {
        Path byKey = written(KEY);
        var phrase = SealingKey.of(Secret.of("correct horse battery"));
        Path byPhrase = folder.resolve("b.backup");
        new BackupFile(byPhrase, phrase).write(content(), random);

        assertThat(read(byPhrase, phrase)).isEqualTo(rows);
        assertThatIOException().isThrownBy(() -> read(byKey, OTHER)).withMessageContaining("another one's");
        assertThatIOException().isThrownBy(() -> read(byKey, phrase)).withMessageContaining("sealed by a key");
        assertThatIOException().isThrownBy(() -> read(byPhrase, KEY)).withMessageContaining("by a passphrase");
        assertThatIOException().isThrownBy(() -> read(byKey, null)).withMessageContaining("it is sealed");
    }

    @Test
    void doesNotTakeAClearFileForASealedOne() throws IOException {
        Path clear = written(null);

        assertThat(read(clear, null)).isEqualTo(rows);
        assertThatIOException().isThrownBy(() -> read(clear, KEY)).withMessageContaining("not sealed");
    }

    @Test
    void refusesWhatWasChangedOrCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(written(KEY));
        Path other = folder.resolve("other.backup");

        for (int i = 0; i < 60; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(other, changed);
            assertThatThrownBy(() -> read(other, KEY)).isInstanceOf(IOException.class);
            Files.write(other, Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThatThrownBy(() -> read(other, KEY)).isInstanceOf(IOException.class);
        }
        // A piece less, and nothing behind it.
        Files.write(other, Arrays.copyOf(whole, 33 + 64 * 1024 + 16));
        assertThatIOException().isThrownBy(() -> read(other, KEY));
    }

    @Test
    void refusesAClearArchiveThatIsNotWhole() throws IOException {
        byte[] whole = Files.readAllBytes(written(null));
        Path other = folder.resolve("other.backup");

        Files.write(other, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(other, null)).isInstanceOf(IOException.class);
        var without = new ByteArrayOutputStream();
        try (var to = new ZipOutputStream(without)) {
            to.putNextEntry(new ZipEntry("files/../../etc/passwd"));
            to.write(1);
        }
        assertThatIOException()
                .isThrownBy(() -> BackupReader.read(new ByteArrayInputStream(without.toByteArray()), (_, _) -> {}))
                .withMessageContaining("which no backup of this version has");
    }

    @Test
    void leavesNothingWhenItBreaksOff() throws IOException {
        Path file = folder.resolve("to/a.backup");
        BackupFile.Content broken = out -> {
            out.write(new byte[200_000]);
            throw new IOException("the node went away");
        };

        assertThatIOException().isThrownBy(() -> new BackupFile(file, KEY).write(broken, random));
        assertThatIOException()
                .isThrownBy(() -> new BackupFile(file, null).write(out -> out.write(new byte[10]), random))
                .withMessageContaining("manifest");

        assertThat(files()).isEmpty();
    }

    @Test
    void removesWhatAKilledProcessLeftAndKeepsBackups() throws IOException {
        Files.createDirectories(folder.resolve("to"));
        Files.writeString(folder.resolve("to/.old.backup.part"), "half");

        Path file = written(KEY);

        assertThat(files()).containsExactly(file);
        assertThatThrownBy(() -> written(KEY)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(file, KEY)).isEqualTo(rows);
    }

    @Test
    void refusesKeysThatCouldBeGuessed() {
        assertThatThrownBy(() -> SealingKey.of(Secret.of("short")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at least 12 characters, but has 5");
        assertThatThrownBy(() -> SealingKey.of(new byte[16]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("openssl rand -base64 32");
    }
}
