// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner holds it: {@code hsk_}, its id, an underscore and {@value #SECRET_LENGTH} secret chars of a-z
 * 2-7, which are 160 random bits. The beginning tells secret scanners what it is.
 *
 * @param id the public part
 * @param whole the key as text
 * @since 0.1
 */
public record ApiKeyText(String id, Secret whole) {
    /** What every key begins with. */
    public static final String PREFIX = "hsk_";

    static final int SECRET_LENGTH = 32;

    private static final int LENGTH = PREFIX.length() + ApiKey.ID_LENGTH + 1 + SECRET_LENGTH;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /** Makes a new one. */
    public static ApiKeyText make(RandomGenerator random) {
        String id = chars(random, ApiKey.ID_LENGTH);
        return new ApiKeyText(id, Secret.of(PREFIX + id + "_" + chars(random, SECRET_LENGTH)));
    }

    private static String chars(RandomGenerator random, int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Reads one; null when the text is none. */
    public static @Nullable ApiKeyText parse(String text) {
        int end = PREFIX.length() + ApiKey.ID_LENGTH;
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(end) != '_') {
            return null;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (i != end && ALPHABET.indexOf(text.charAt(i)) < 0) {
                return null;
            }
        }
        return new ApiKeyText(text.substring(PREFIX.length(), end), Secret.of(text));
    }

    /** What is kept of it. */
    public String digest() {
        try {
            byte[] bytes = whole.reveal().getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether this is that key; takes the same time whatever differs. */
    public boolean isOf(ApiKey key) {
        return MessageDigest.isEqual(
                digest().getBytes(StandardCharsets.US_ASCII), key.digest().getBytes(StandardCharsets.US_ASCII));
    }
}
