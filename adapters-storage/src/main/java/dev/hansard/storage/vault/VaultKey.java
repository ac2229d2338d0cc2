// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key that wraps the keys of all entries. It lies beside them, readable by its owner alone: in clear, or wrapped
 * where the node has a key-encryption key.
 */
final class VaultKey {
    private static final String FILE = "vault.key";
    private static final String PURPOSE = "approval-vault";
    private static final String CLEAR = "clear";

    private VaultKey() {}

    /** Reads it, or makes it at the first start. */
    static SecretKey in(Path folder, @Nullable KeyWrapper wrapper, RandomGenerator random) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            DurableFile.write(file, made(wrapper, random).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] key = read(file, parts(file), wrapper);
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Wraps it by the newest key-encryption key, if it is there and is not; a node that runs knows it already. */
    static void rotate(Path folder, KeyWrapper wrapper) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        String[] parts = parts(file);
        if (parts[0].equals(wrapper.current())) {
            return;
        }
        byte[] key = read(file, parts, wrapper);
        try {
            DurableFile.write(file, wrapped(key, wrapper).getBytes(StandardCharsets.US_ASCII));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static String[] parts(Path file) throws IOException {
        String[] parts =
                Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
        if (parts.length != 2) {
            throw damaged(file);
        }
        return parts;
    }

    private static byte[] read(Path file, String[] parts, @Nullable KeyWrapper wrapper) {
        return parts[0].equals(CLEAR) ? decoded(file, parts[1]) : unwrapped(file, parts, wrapper);
    }

    private static String made(@Nullable KeyWrapper wrapper, RandomGenerator random) {
        byte[] key = new byte[KeyWrapper.KEY_BYTES];
        random.nextBytes(key);
        if (wrapper == null) {
            return CLEAR + " " + Base64.getEncoder().encodeToString(key);
        }
        return wrapped(key, wrapper);
    }

    private static String wrapped(byte[] key, KeyWrapper wrapper) {
        WrappedKey wrapped = wrapper.wrap(key, PURPOSE);
        return wrapped.wrappedBy() + " " + wrapped.text();
    }

    private static byte[] decoded(Path file, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KeyWrapper.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException _) {
            // As any other damage.
        }
        throw damaged(file);
    }

    private static byte[] unwrapped(Path file, String[] parts, @Nullable KeyWrapper wrapper) {
        if (wrapper == null) {
            throw new StorageException("'" + file + "' is wrapped by the key-encryption key " + parts[0]
                    + ", but storage.encryption is not set;"
                    + " set it again, or remove the folder to forget what it holds");
        }
        return wrapper.unwrap(new WrappedKey(parts[0], parts[1]), PURPOSE);
    }

    private static StorageException damaged(Path file) {
        return new StorageException(
                "'" + file + "' holds no vault key; restore it, or remove its folder to forget the requests in it");
    }
}
