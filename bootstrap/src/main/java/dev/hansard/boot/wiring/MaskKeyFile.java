// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The key of tokens and digests where none is configured: made once, and kept beside the records, so that equal values
 * have equal tokens after a restart, too.
 */
final class MaskKeyFile {
    private static final String NAME = "masking.key";
    private static final int KEY_BYTES = 32;
    private static final int SHORTEST = 16;

    private MaskKeyFile() {}

    /**
     * The key in a folder, which is made when there is none.
     *
     * @param random must not be guessed by others
     */
    static Secret in(Path folder, RandomGenerator random) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                make(file, random);
            }
            String key = Files.readString(file).strip();
            if (key.length() < SHORTEST) {
                throw new StorageException("'" + file + "' must hold a key of at least " + SHORTEST
                        + " characters; put the old one back, or remove the file to have a new one made, which makes"
                        + " tokens differ from those so far");
            }
            return Secret.of(key);
        } catch (IOException e) {
            throw new StorageException("the masking key in '" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static void make(Path file, RandomGenerator random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        // Half a key must not be taken for one after a crash.
        Path next = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(next);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(next, Base64.getEncoder().encodeToString(key) + "\n", CREATE, WRITE, SYNC);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
