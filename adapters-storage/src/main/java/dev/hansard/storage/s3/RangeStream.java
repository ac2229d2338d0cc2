// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A range of an object. Where the connection breaks it goes on with another, as long as the object is still the same;
 * it ends with an exception, never too early. Belongs to one thread.
 */
final class RangeStream extends InputStream {
    private final Opener opener;
    private final long end;
    private final int most;
    private InputStream part;
    private long position;
    private int broken;

    /** Opens the rest of a range. */
    interface Opener {
        InputStream open(long from, long length) throws IOException;
    }

    /**
     * A range of which the first connection is open.
     *
     * @param most how often it may break without a byte between
     */
    RangeStream(InputStream first, Opener opener, long from, long length, int most) {
        part = first;
        this.opener = opener;
        this.most = most;
        position = from;
        end = from + length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            IOException failure;
            try {
                int count = part.read(into, offset, (int) Math.min(length, end - position));
                if (count > 0) {
                    position += count;
                    broken = 0;
                    return count;
                }
                failure = new IOException("the server sent " + (end - position) + " bytes too few");
            } catch (IOException e) {
                failure = e;
            }
            reopen(failure);
        }
        return -1;
    }

    private void reopen(IOException failure) throws IOException {
        close();
        if (++broken > most) {
            throw failure;
        }
        part = opener.open(position, end - position);
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        var waste = new byte[8192];
        while (skipped < count && position < end) {
            skipped += read(waste, 0, (int) Math.min(waste.length, count - skipped));
        }
        return skipped;
    }

    @Override
    public void close() throws IOException {
        part.close();
    }
}
