// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a source piece by piece into one buffer, and tests on the way that it is what was promised. The last piece is
 * given out only when it is, so whoever has not sent the last piece has stored nothing.
 */
final class Pieces {
    private final String key;
    private final InputStream source;
    private final String sha256;
    private final MessageDigest digest = Digests.sha256();
    private final byte[] buffer;
    private long left;

    Pieces(String key, InputStream source, long length, String sha256, int most) {
        this.key = key;
        this.source = source;
        this.sha256 = sha256;
        buffer = new byte[(int) Math.min(most, length)];
        left = length;
    }

    boolean isEmpty() {
        return left == 0;
    }

    /** The next piece; it is valid until the one after it is asked for. */
    byte[] next() {
        int count = (int) Math.min(buffer.length, left);
        try {
            if (source.readNBytes(buffer, 0, count) < count || (count == left && source.read() >= 0)) {
                throw new StorageException("payload '" + key + "' does not have the length that was promised");
            }
        } catch (IOException e) {
            throw new StorageException("payload '" + key + "' could not be read from its source: " + e, e);
        }
        digest.update(buffer, 0, count);
        left -= count;
        if (left == 0 && !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new StorageException("payload '" + key + "' does not have the SHA-256 that was promised");
        }
        return count == buffer.length ? buffer : Arrays.copyOf(buffer, count);
    }
}
