// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a file is sealed by: a key, or a passphrase that people can remember. Each file has a salt of its own, so no two
 * are encrypted by the same key.
 */
public sealed interface SealingKey {
    /** Bytes of a key. */
    int KEY_BYTES = 32;

    /** The fewest characters of a passphrase. */
    int SHORTEST_PASSPHRASE = 12;

    /** What OWASP asks for of PBKDF2 with HMAC-SHA-256; half a second of one core. */
    int ROUNDS = 600_000;

    /** How the key of a file comes from it, as the file says it. */
    byte kind();

    /** The key of the file with that salt. */
    SecretKey derive(byte[] salt);

    /**
     * A key of 32 bytes, as they are or in Base64.
     *
     * @throws InvalidValueException when it is something else
     */
    static SealingKey of(byte[] content) {
        if (content.length == KEY_BYTES) {
            return new Random(Secret.of(Base64.getEncoder().encodeToString(content)));
        }
        try {
            String text = new String(content, StandardCharsets.US_ASCII).strip();
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KEY_BYTES) {
                return new Random(Secret.of(text));
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new InvalidValueException("a backup's key must be 32 bytes, or 44 characters of Base64, but is "
                + content.length + " bytes; `openssl rand -base64 32` makes one");
    }

    /**
     * A passphrase.
     *
     * @throws InvalidValueException when it is too short
     */
    static SealingKey of(Secret passphrase) {
        int length = passphrase.reveal().length();
        if (length < SHORTEST_PASSPHRASE) {
            throw new InvalidValueException(
                    "a passphrase must have at least " + SHORTEST_PASSPHRASE + " characters, but has " + length);
        }
        return new Remembered(passphrase);
    }

    /** A key that nobody can guess. */
    record Random(Secret base64) implements SealingKey {
        private static final byte[] PURPOSE = "hansard backup 1".getBytes(StandardCharsets.US_ASCII);

        @Override
        public byte kind() {
            return 1;
        }

        @Override
        public SecretKey derive(byte[] salt) {
            byte[] key = Base64.getDecoder().decode(base64.reveal());
            try {
                var extracted = HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt);
                return KDF.getInstance("HKDF-SHA256").deriveKey("AES", extracted.thenExpand(PURPOSE, KEY_BYTES));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HKDF", e);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    /** A text that people remember. */
    record Remembered(Secret passphrase) implements SealingKey {
        @Override
        public byte kind() {
            return 2;
        }

        @Override
        public SecretKey derive(byte[] salt) {
            var asked = new PBEKeySpec(passphrase.reveal().toCharArray(), salt, ROUNDS, 8 * KEY_BYTES);
            try {
                byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(asked)
                        .getEncoded();
                return new SecretKeySpec(key, "AES");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has PBKDF2", e);
            } finally {
                asked.clearPassword();
            }
        }
    }
}
