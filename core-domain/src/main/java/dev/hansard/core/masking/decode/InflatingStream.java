// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Compressed data (RFC 1951) and the bytes around it, from one buffer. The platform's own streams are not used because
 * they pass over what follows the data in silence. Belongs to one thread.
 */
abstract sealed class InflatingStream extends InputStream permits GzipStream, DeflateStream {
    private static final int READ_AHEAD = 8 << 10;

    private final InputStream encoded;
    private final byte[] buffer = new byte[READ_AHEAD];
    private int at;
    private int end;

    InflatingStream(InputStream encoded) {
        this.encoded = encoded;
    }

    /** The next byte outside the compressed data; -1 at the end. */
    final int next() throws IOException {
        return has(1) ? buffer[at++] & 0xFF : -1;
    }

    /** The byte so far ahead, which is not used up; -1 behind the end. At most one ahead. */
    final int peek(int ahead) throws IOException {
        return has(ahead + 1) ? buffer[at + ahead] & 0xFF : -1;
    }

    /** Gives output, or -1 when the compressed data has come to its own end. */
    final int inflate(Inflater inflater, byte[] into, int offset, int length) throws IOException {
        try {
            while (true) {
                if (inflater.finished()) {
                    return -1;
                }
                if (inflater.needsInput()) {
                    if (!has(1)) {
                        throw new EOFException("the compressed data is not complete");
                    }
                    inflater.setInput(buffer, at, end - at);
                }
                int n = inflater.inflate(into, offset, length);
                at = end - inflater.getRemaining();
                if (n > 0) {
                    return n;
                }
                if (inflater.needsDictionary()) {
                    throw new IOException("the compressed data needs a dictionary");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("the compressed data is damaged", e);
        }
    }

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    private boolean has(int count) throws IOException {
        if (end - at >= count) {
            return true;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end < count) {
            int n = encoded.read(buffer, end, buffer.length - end);
            if (n < 0) {
                return false;
            }
            end += n;
        }
        return true;
    }
}
