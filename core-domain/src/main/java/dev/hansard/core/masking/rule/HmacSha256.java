// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA256 (RFC 2104) from the digest alone: the core does without javax.crypto. Belongs to one thread. */
public final class HmacSha256 {
    private static final int BLOCK = 64;

    private final MessageDigest sha256 = sha256();
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];

    public HmacSha256(byte[] key) {
        byte[] block = key.length > BLOCK ? sha256.digest(key) : key;
        for (int i = 0; i < BLOCK; i++) {
            int k = i < block.length ? block[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
    }

    /** The code of a part of an array. */
    public byte[] of(byte[] bytes, int from, int to) {
        sha256.update(inner);
        sha256.update(bytes, from, to - from);
        byte[] first = sha256.digest();
        sha256.update(outer);
        return sha256.digest(first);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
