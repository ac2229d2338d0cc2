// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The coding {@code deflate}: the zlib format (RFC 1950), or the bare compressed data that some send in its place. What
 * has the two bytes of a zlib header is zlib, as browsers decide it. Belongs to one thread.
 */
final class DeflateStream extends InflatingStream {
    private static final int METHOD = 0x0F;
    private static final int DEFLATE = 8;
    private static final int LARGEST_WINDOW = 7;
    private static final int CHECK = 31;

    private @Nullable Inflater inflater;

    DeflateStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (inflater == null) {
            inflater = new Inflater(!hasZlibHeader());
        }
        int n = inflate(inflater, into, offset, length);
        if (n < 0 && peek(0) >= 0) {
            throw new IOException("something follows the compressed data");
        }
        return n;
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }

    private boolean hasZlibHeader() throws IOException {
        int first = peek(0);
        int second = peek(1);
        if (first < 0) {
            throw new EOFException("there is no compressed data");
        }
        return second >= 0
                && (first & METHOD) == DEFLATE
                && first >> 4 <= LARGEST_WINDOW
                && (first << 8 | second) % CHECK == 0;
    }
}
