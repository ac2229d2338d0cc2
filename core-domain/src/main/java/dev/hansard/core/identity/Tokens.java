// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Secrets of 256 random bits as text, and what is kept of them: with as many bits no slow hash is needed. */
final class Tokens {
    private static final int BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    /** A new one: 43 of A-Z a-z 0-9 - _. */
    static String make(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }

    /**
     * What nobody can get the secret back from.
     *
     * @param purpose the same secret has another digest for another purpose
     */
    static String digest(String purpose, String secret) {
        try {
            byte[] bytes = (purpose + '\n' + secret).getBytes(StandardCharsets.UTF_8);
            return TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes the same time whatever differs. */
    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
