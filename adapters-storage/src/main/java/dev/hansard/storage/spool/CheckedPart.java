// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * One compressed record on its way in. It ends with an exception when fewer bytes came than should, or others than
 * were written.
 */
final class CheckedPart extends FilterInputStream {
    private final CRC32C crc = new CRC32C();
    private final FrameHead.Part part;
    private long left;

    CheckedPart(InputStream in, FrameHead.Part part) {
        super(in);
        this.part = part;
        left = part.length();
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
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("record ends " + left + " bytes too early");
        }
        crc.update(into, offset, count);
        left -= count;
        if (left == 0 && (int) crc.getValue() != part.crc()) {
            throw new IOException("record is damaged: its checksum is wrong");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Bytes of the whole. */
    long length() {
        return part.length();
    }

    /** Reads what is left, so that all of it has been checked. */
    void drain() throws IOException {
        var waste = new byte[8192];
        int count;
        do {
            count = read(waste, 0, waste.length);
        } while (count >= 0);
    }
}
