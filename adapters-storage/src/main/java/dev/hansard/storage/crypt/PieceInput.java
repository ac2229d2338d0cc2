// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What comes in encrypted pieces, in clear. Belongs to one thread. */
abstract sealed class PieceInput extends FilterInputStream permits DecryptedPart, SealedInput {
    private byte[] clear = new byte[0];
    private int at;

    PieceInput(InputStream in) {
        super(in);
    }

    /** The next piece in clear; null at the end. */
    abstract byte @Nullable [] next() throws IOException;

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == clear.length) {
            byte[] more = next();
            if (more == null) {
                return -1;
            }
            clear = more;
            at = 0;
        }
        int count = Math.min(length, clear.length - at);
        System.arraycopy(clear, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public final long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public final int available() {
        return clear.length - at;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
