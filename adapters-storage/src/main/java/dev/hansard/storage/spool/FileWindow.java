// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** A file read through one buffer, mostly forwards. Belongs to one thread. */
final class FileWindow {
    /** Longest view; at least the longest head. */
    static final int SIZE = 256 * 1024;

    private final Disk.File file;
    private final ByteBuffer buffer;
    private long start;

    FileWindow(Disk.File file) {
        this.file = file;
        buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    /**
     * A view of {@code length} bytes from {@code at}, or of fewer at the end of the file; valid until the next call.
     */
    ByteBuffer view(long at, int length) throws IOException {
        if (at < start || at + length > start + buffer.limit()) {
            fill(at);
        }
        int offset = (int) (at - start);
        return buffer.slice(offset, Math.min(length, buffer.limit() - offset)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What was read before may have changed. */
    void forget() {
        buffer.limit(0);
    }

    /** As much as one view can be. */
    ByteBuffer rest(long at) throws IOException {
        return view(at, SIZE);
    }

    private void fill(long at) throws IOException {
        start = at;
        buffer.clear();
        long next = at;
        int count;
        do {
            count = file.read(buffer, next);
            next += Math.max(count, 0);
        } while (buffer.hasRemaining() && count >= 0);
        buffer.flip();
    }

    /** CRC32C of a range; of what there is of it. */
    int crc(long at, long length) throws IOException {
        var crc = new CRC32C();
        each(at, length, crc::update);
        return (int) crc.getValue();
    }

    /** Shows a range part by part; what there is of it. */
    void each(long at, long length, Consumer<ByteBuffer> taker) throws IOException {
        long left = length;
        for (long next = at; left > 0; ) {
            // Small steps while they lie in the buffer, so that a row of small frames is read once.
            ByteBuffer part = view(next, (int) Math.min(left, SIZE));
            if (!part.hasRemaining()) {
                break;
            }
            next += part.remaining();
            left -= part.remaining();
            taker.accept(part);
        }
    }
}
