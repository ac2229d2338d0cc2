// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.Base64Url;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256, to know something by without keeping it. Four numbers instead of an array, because it is the key of maps.
 *
 * @param a the first eight bytes
 * @param b the next
 * @param c the next
 * @param d the last
 */
record Digest256(long a, long b, long c, long d) {
    private static final int PIECE = 256;

    static Digest256 of(byte[] bytes) {
        return new Digest256(ByteBuffer.wrap(sha256().digest(bytes)));
    }

    /** Of the chars from there on, each of which is one byte; in pieces, because it is done for every call. */
    @SuppressWarnings("deprecation") // This way of taking bytes of a string is right where each char is a byte.
    static Digest256 ofBytesIn(String text, int from) {
        MessageDigest sha = sha256();
        var piece = new byte[PIECE];
        for (int at = from; at < text.length(); at += PIECE) {
            int end = Math.min(at + PIECE, text.length());
            text.getBytes(at, end, piece, 0);
            sha.update(piece, 0, end - at);
        }
        return new Digest256(ByteBuffer.wrap(sha.digest()));
    }

    private Digest256(ByteBuffer digest) {
        this(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** As tokens write it. */
    String inBase64Url() {
        return Base64Url.encode(ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array());
    }

    @Override
    public int hashCode() {
        return (int) a; // As good as any mixture of the bits of a digest.
    }
}
