// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A frame that is read through a window of its file, so that a row of small frames costs one read. */
record WindowBytes(FileWindow window, long offset) implements FrameBytes {
    @Override
    public InputStream open(long from, long length) {
        return new Range(window, offset + from, length);
    }

    /** A range of the file. */
    private static final class Range extends InputStream {
        private final FileWindow window;
        private long next;
        private long left;

        Range(FileWindow window, long from, long length) {
            this.window = window;
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
            int wanted = (int) Math.min(Math.min(length, left), FileWindow.SIZE);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            ByteBuffer view = window.view(next, wanted);
            int count = view.remaining();
            view.get(into, at, count);
            next += count;
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
