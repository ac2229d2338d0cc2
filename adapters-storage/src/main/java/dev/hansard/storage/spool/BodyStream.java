// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a recorded message: so many bytes of its record, and at their end the rest is checked too. */
final class BodyStream extends FilterInputStream {
    private final CheckedPart raw;
    private long left;

    BodyStream(InputStream decompressed, CheckedPart raw, long length) throws IOException {
        super(decompressed);
        this.raw = raw;
        left = length;
        if (length < 0) {
            throw new IOException("length of the content is negative");
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            raw.drain();
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("record ends " + left + " bytes too early");
        }
        left -= count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
