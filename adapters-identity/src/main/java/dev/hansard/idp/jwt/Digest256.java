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
    static Digest256 of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static Digest256 of(byte[] bytes, int from, int to) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, from, to - from);
            var digest = ByteBuffer.wrap(sha.digest());
            return new Digest256(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
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
