// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Between data keys and their wrapped form. */
final class KeyOpening {
    private final KeyWrapper wrapper;
    private final RandomGenerator random;

    /**
     * @param random must not be guessed: keys are made of it
     */
    KeyOpening(KeyWrapper wrapper, RandomGenerator random) {
        this.wrapper = wrapper;
        this.random = random;
    }

    /** A new data key, and its wrapped form, which has to be durable before it is used. */
    record Made(DataKey key, KeyRecord wrapped) {}

    Made make(KeyLabel label, boolean ofSessions) {
        long id = random.nextLong();
        byte[] bytes = secret();
        try {
            var wrapped = new KeyRecord(
                    id,
                    label,
                    wrapper.wrap(bytes, KeyRecord.purpose(id, label, ofSessions)),
                    ofSessions ? KeyRecord.WHOLE : "");
            DataKey key = ofSessions
                    ? DataKey.ofSessions(id, label, KeyTree.of(bytes), true)
                    : DataKey.of(id, label, bytes, true);
            return new Made(key, wrapped);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] secret() {
        byte[] bytes = new byte[KeyWrapper.KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A key that only decrypts. */
    DataKey open(KeyRecord key) {
        if (key.isOfSessions()) {
            return DataKey.ofSessions(key.id(), key.label(), tree(key), false);
        }
        byte[] bytes = unwrapped(key);
        try {
            return DataKey.of(key.id(), key.label(), bytes, false);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What is left in all forms of one key: what was destroyed in one of them is destroyed. */
    KeyTree tree(List<KeyRecord> forms) {
        KeyTree left = tree(forms.getFirst());
        for (KeyRecord form : forms.subList(1, forms.size())) {
            left = left.and(tree(form));
        }
        return left;
    }

    private KeyTree tree(KeyRecord key) {
        byte[] bytes = unwrapped(key);
        try {
            return key.sessions().equals(KeyRecord.WHOLE) ? KeyTree.of(bytes) : KeyTree.decode(decrypted(bytes, key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StorageException(
                    "data key " + DataKey.text(key.id()) + " of " + key.label() + " is damaged; put a copy back", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] decrypted(byte[] by, KeyRecord key) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, by, key.purpose());
        return cipher.doFinal(Base64.getDecoder().decode(key.sessions()));
    }

    /** Each key of this kind encrypts once, so there is one nonce. */
    private static Cipher cipher(int mode, byte[] by, String purpose) throws GeneralSecurityException {
        Cipher cipher = PartCipher.cipher();
        cipher.init(mode, new SecretKeySpec(by, "AES"), PartCipher.nonce(0, 0, true));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** The wrapped form of a tree that is not whole any more, under a key that nothing was wrapped by before. */
    KeyRecord wrapped(long id, KeyLabel label, KeyTree tree) {
        byte[] by = secret();
        String purpose = KeyRecord.purpose(id, label, true);
        try {
            String sealed = Base64.getEncoder()
                    .encodeToString(cipher(Cipher.ENCRYPT_MODE, by, purpose).doFinal(tree.encode()));
            return new KeyRecord(id, label, wrapper.wrap(by, purpose), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        } finally {
            Arrays.fill(by, (byte) 0);
        }
    }

    private byte[] unwrapped(KeyRecord key) {
        try {
            return wrapper.unwrap(key.wrapped(), key.purpose());
        } catch (StorageException e) {
            throw new StorageException(
                    "data key " + DataKey.text(key.id()) + " of " + key.label() + " cannot be unwrapped: "
                            + e.getMessage(),
                    e);
        }
    }
}
