// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * The key of one approval's digest: HMAC-SHA256 (RFC 2104), from the digest alone, since the core does without
 * javax.crypto. People see the digest, and a plain hash would let them guess what masking hides from them (THREATS
 * 6.2); the key goes when the request goes. Immutable.
 */
public final class DigestKey {
    public static final int BYTES = 32;
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final byte[] key;

    private DigestKey(byte[] key) {
        this.key = key;
    }

    /** A new one; {@code random} must not be guessed. */
    public static DigestKey make(RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new DigestKey(key);
    }

    public static DigestKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest key has " + BYTES + " bytes");
        }
        return new DigestKey(bytes.clone());
    }

    public byte[] bytes() {
        return key.clone();
    }

    /** A digest that takes what is to be authenticated; {@link #finish} ends it. */
    public MessageDigest begin() {
        MessageDigest digest = sha256();
        digest.update(padded(INNER));
        return digest;
    }

    public byte[] finish(MessageDigest begun) {
        byte[] inner = begun.digest();
        MessageDigest digest = sha256();
        digest.update(padded(OUTER));
        return digest.digest(inner);
    }

    private byte[] padded(byte with) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ with);
        }
        return block;
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
