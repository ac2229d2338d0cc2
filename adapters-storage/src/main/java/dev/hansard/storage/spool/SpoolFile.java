// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The file that is written to. Room is made ahead of the writing in steps, so that a group commit writes into blocks
 * that are there and its sync need not also write the file's size: 0.1 ms instead of 0.18 on the machine this was
 * measured on. Belongs to the writer.
 */
final class SpoolFile implements AutoCloseable {
    private static final long STEP = 1024 * 1024;

    private final Disk.File file;
    private final FileHeader header;
    private final long limit;
    private long position = FileHeader.LENGTH;
    private long allocated;

    private SpoolFile(Disk.File file, FileHeader header, long limit) {
        this.file = file;
        this.header = header;
        this.limit = limit;
    }

    /** Makes a file with its header and its name durable. */
    static SpoolFile create(Disk disk, FileHeader header, long limit) throws IOException {
        String name = SpoolFiles.nameOf(header.number());
        Disk.File file = disk.create(name);
        try {
            var made = new SpoolFile(file, header, limit);
            made.makeRoom(FileHeader.LENGTH);
            file.write(header.encode(), 0);
            file.sync();
            // The folder too: after a crash the file may exist without its name.
            disk.sync();
            return made;
        } catch (IOException e) {
            closeQuietly(file);
            throw e;
        }
    }

    long number() {
        return header.number();
    }

    FileHeader header() {
        return header;
    }

    long position() {
        return position;
    }

    boolean isEmpty() {
        return position == FileHeader.LENGTH;
    }

    /**
     * Whether a frame of this length still belongs into this file. One that fits in none gets one for itself.
     *
     * @param pending bytes that will be appended before it
     */
    boolean hasRoomFor(long pending, long length) {
        return (isEmpty() && pending == 0) || position + pending + length <= limit;
    }

    void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        makeRoom(position + length);
        file.write(bytes, position);
        position += length;
    }

    private void makeRoom(long needed) throws IOException {
        if (needed > allocated) {
            long to = Math.max(needed, Math.min(limit, allocated + STEP));
            file.allocate(to);
            allocated = to;
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    private static void closeQuietly(Disk.File file) {
        try {
            file.close();
        } catch (IOException _) {
            // What counts has been synced; what has not is written elsewhere.
        }
    }
}
