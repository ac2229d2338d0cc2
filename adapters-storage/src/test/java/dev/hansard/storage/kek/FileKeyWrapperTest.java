// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.crypt.KeyWrapperContract;
import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.MapOptions;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyWrapperTest implements KeyWrapperContract {
    private final Random random = new Random(3);

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void makesTheFile() throws IOException {
        file = Files.createFile(
                folder.resolve("kek"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        rotate();
    }

    @Override
    public KeyWrapper wrapper() {
        return FileKeyWrapper.open(file, random);
    }

    @Override
    public void rotate() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            Files.writeString(
                    file, "# another\n" + Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesTheKeyThatIsNotThereAnyMore() throws IOException {
        WrappedKey wrapped = wrapper().wrap(new byte[32], "a");
        Files.writeString(file, "");
        rotate();

        assertThatThrownBy(() -> wrapper().unwrap(wrapped, "a"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(wrapped.wrappedBy())
                .hasMessageContaining("put that key back");
    }

    @Test
    void takesTheContentOfAFileThatTheConfigurationReads() throws IOException {
        var options = new MapOptions("encryption", Map.of("key-file", Files.readString(file)));
        var around = new StorageSurroundings(
                new NodeName("n1"), folder, InstantSource.fixed(Instant.EPOCH), () -> 0, random);
        KeyWrapper ofContent = new KeyFileFactory().create(options).open(around);

        assertThat(ofContent.unwrap(wrapper().wrap(new byte[32], "a"), "a")).isEqualTo(new byte[32]);
    }

    @Test
    void takesAFileOf32Bytes() throws IOException {
        Files.write(file, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

        WrappedKey wrapped = wrapper().wrap(new byte[32], "a");

        assertThat(wrapper().unwrap(wrapped, "a")).isEqualTo(new byte[32]);
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(this::wrapper).isInstanceOf(StorageException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void refusesAFileWithSomethingElseAndDoesNotShowIt() throws IOException {
        Files.writeString(file, "hunter2\n");

        assertThatThrownBy(this::wrapper)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysHowToMakeAFileThatIsMissing() {
        file = folder.resolve("none");

        assertThatThrownBy(this::wrapper)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("openssl rand -base64 32");
    }
}
