// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps by AES-256-GCM under keys of a file, or of a file's content: a random nonce of 12 bytes, then the encrypted key
 * and its tag, in Base64; the purpose is the associated data. Random nonces are safe for 2^32 keys, which is more than
 * there will be. The file is read anew each time, which is seldom: a key that is added to it counts at once.
 */
final class FileKeyWrapper implements KeyWrapper {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<Map<String, SecretKeySpec>> keys;
    private final RandomGenerator random;

    private FileKeyWrapper(Supplier<Map<String, SecretKeySpec>> keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    /** Looks at the file, so that a node does not start without it. */
    static FileKeyWrapper open(Path file, RandomGenerator random) {
        KeyFile.read(file);
        return new FileKeyWrapper(() -> KeyFile.read(file), random);
    }

    /** Has these keys and no others, the newest last. */
    static FileKeyWrapper of(Map<String, SecretKeySpec> keys, RandomGenerator random) {
        return new FileKeyWrapper(() -> keys, random);
    }

    @Override
    public String current() {
        return List.copyOf(keys.get().keySet()).getLast();
    }

    @Override
    public WrappedKey wrap(byte[] key, String purpose) {
        Map<String, SecretKeySpec> known = keys.get();
        String name = List.copyOf(known.keySet()).getLast();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, keyOf(known, name), nonce, purpose)
                    .doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        }
        byte[] text = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, text, NONCE, sealed.length);
        return new WrappedKey(name, Base64.getEncoder().encodeToString(text));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, String purpose) {
        SecretKeySpec kek = keyOf(keys.get(), wrapped.wrappedBy());
        try {
            byte[] text = Base64.getDecoder().decode(wrapped.text());
            byte[] nonce = Arrays.copyOf(text, NONCE);
            byte[] key = cipher(Cipher.DECRYPT_MODE, kek, nonce, purpose)
                    .doFinal(text, NONCE, Math.max(0, text.length - NONCE));
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // One answer for all: it is not what was wrapped.
        }
        throw new StorageException("it is damaged, or was wrapped for something else than " + purpose);
    }

    private static SecretKeySpec keyOf(Map<String, SecretKeySpec> known, String name) {
        SecretKeySpec key = known.get(name);
        if (key == null) {
            throw new StorageException(
                    "it was wrapped by " + name + ", which is not in storage.encryption.key-file; put"
                            + " that key back into it, as an earlier line");
        }
        return key;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
