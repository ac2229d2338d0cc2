// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA256 (RFC 2104) from the digest alone: the core does without javax.crypto. */
final class Hmac {
    private static final int BLOCK = 64;

    private Hmac() {}

    static byte[] of(byte[] key, byte[] message) {
        byte[] block = key.length > BLOCK ? sha256(key) : key;
        var inner = new byte[BLOCK + message.length];
        var outer = new byte[BLOCK + 32];
        for (int i = 0; i < BLOCK; i++) {
            int k = i < block.length ? block[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
        System.arraycopy(message, 0, inner, BLOCK, message.length);
        System.arraycopy(sha256(inner), 0, outer, BLOCK, 32);
        return sha256(outer);
    }

    static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
