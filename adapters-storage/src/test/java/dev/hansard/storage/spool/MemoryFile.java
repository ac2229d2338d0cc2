// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.nio.ByteBuffer;

/** Bytes as a file that is only read. */
final class MemoryFile implements Disk.File {
    private final byte[] bytes;

    MemoryFile(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into, long at) {
        int count = (int) Math.min(into.remaining(), bytes.length - at);
        if (count <= 0) {
            return -1;
        }
        into.put(bytes, (int) at, count);
        return count;
    }

    @Override
    public void write(ByteBuffer from, long at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void allocate(long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
