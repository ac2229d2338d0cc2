// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.OpenFiles;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilesystemPayloadStoreTest implements PayloadStoreContract {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    @TempDir
    Path own;

    @Override
    public PayloadStore open(Path folder) {
        return FilesystemPayloads.open(folder);
    }

    @AfterEach
    void leavesNoFileOpenAndNothingHalfWritten() throws IOException {
        assertThat(OpenFiles.inTemporaryFolders()).isEmpty();
        assertThat(Files.exists(own.resolve(".partial")) ? filesUnder(own.resolve(".partial")) : List.of())
                .isEmpty();
    }

    @Test
    void keepsObjectsWhenItIsOpenedAgain() throws Exception {
        put(open(own), "a/b", CONTENT);

        var again = open(own);

        assertThat(again.list("", "", 10)).containsExactly("a/b");
        assertThat(Files.readAllBytes(own.resolve("a/b"))).isEqualTo(CONTENT);
    }

    @Test
    void removesWhatWasLeftHalfWritten() throws Exception {
        open(own);
        Files.write(own.resolve(".partial/0190"), CONTENT);

        var again = open(own);

        assertThat(again.list("", "", 10)).isEmpty();
        assertThat(filesUnder(own)).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void isReadableByItsOwnerOnly() throws Exception {
        Path folder = own.resolve("payloads");

        put(open(folder), "a/b", CONTENT);

        for (String path : List.of("", "a", ".partial")) {
            assertThat(permissions(folder.resolve(path))).isEqualTo("rwx------");
        }
        assertThat(permissions(folder.resolve("a/b"))).isEqualTo("rw-------");
    }

    @Test
    void removesFoldersThatBecomeEmpty() throws Exception {
        var store = open(own);
        put(store, "a/b/1", CONTENT);
        put(store, "a/c/1", CONTENT);

        store.delete("a/b/1");

        assertThat(own.resolve("a/b")).doesNotExist();
        assertThat(own.resolve("a/c")).exists();
        put(store, "a/b/1", CONTENT);
        assertThat(store.list("", "", 10)).containsExactly("a/b/1", "a/c/1");
    }

    @Test
    void refusesAKeyThatContinuesAnother() throws Exception {
        var store = open(own);
        put(store, "a/b", CONTENT);

        assertThatThrownBy(() -> put(store, "a/b/c", CONTENT)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> put(store, "a", CONTENT)).isInstanceOf(StorageException.class);

        assertThat(store.list("", "", 10)).containsExactly("a/b");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void doesNotFollowALinkOutOfTheStore(@TempDir Path outside) throws Exception {
        var store = open(own);
        Path secret = Files.write(outside.resolve("secret"), CONTENT);
        Files.createSymbolicLink(own.resolve("link"), secret);

        assertThat(store.length("link")).isEmpty();
        assertThatThrownBy(() -> store.read("link", 0, 1)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> put(store, "link", new byte[1])).isInstanceOf(StorageException.class);
        assertThat(Files.readAllBytes(secret)).isEqualTo(CONTENT);
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws Exception {
        Path file = Files.write(own.resolve("file"), CONTENT);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("payload folder '" + file + "' cannot be used");
    }

    private static void put(PayloadStore store, String key, byte[] content) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        store.put(key, new ByteArrayInputStream(content), content.length, sha256);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
