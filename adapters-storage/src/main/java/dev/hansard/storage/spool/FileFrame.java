// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A frame in a file that stays open as long as the frame is read. */
record FileFrame(Disk.File file, long offset) implements FrameBytes {
    @Override
    public InputStream open(long from, long length) {
        return new Range(file, offset + from, length);
    }

    /** A range of a file. Closing it leaves the file open. */
    private static final class Range extends InputStream {
        private final Disk.File file;
        private long next;
        private long left;

        Range(Disk.File file, long from, long length) {
            this.file = file;
            next = from;
            left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = file.read(ByteBuffer.wrap(into, at, (int) Math.min(length, left)), next);
            if (count > 0) {
                next += count;
                left -= count;
            }
            return count;
        }
    }
}
