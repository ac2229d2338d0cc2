// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads buffers, one after the other, without moving their positions. Belongs to one thread. */
final class BuffersStream extends InputStream {
    private final List<ByteBuffer> buffers;
    private int next;
    private ByteBuffer now = ByteBuffer.allocate(0);

    BuffersStream(List<ByteBuffer> buffers) {
        this.buffers = buffers;
    }

    @Override
    public int read() {
        return toMore() ? now.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!toMore()) {
            return -1;
        }
        int n = Math.min(length, now.remaining());
        now.get(into, offset, n);
        return n;
    }

    private boolean toMore() {
        while (!now.hasRemaining()) {
            if (next == buffers.size()) {
                return false;
            }
            now = buffers.get(next++).duplicate();
        }
        return true;
    }
}
