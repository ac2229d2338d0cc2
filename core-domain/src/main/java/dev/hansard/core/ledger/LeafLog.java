// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The entries that are not published yet, or share a log with such, in files of {@link #LEAVES}. An entry has its
 * length and its CRC32C before it, four bytes each. What a file holds behind the entries that the state counts is what
 * a process left that ended too early; it is written over. Belongs to one thread.
 */
final class LeafLog implements AutoCloseable {
    /** Leaves of one file: those of a full tile of level 1. */
    static final int LEAVES = 65_536;

    private static final String PREFIX = "leaves-";
    private static final String STATE = "state";
    private static final String NEXT_STATE = "state.new";
    private static final int HEAD = 8;
    private static final int BUFFER = 128 * 1024;
    private static final int MAX_STATE = 4 * 1024 * 1024;

    private final Disk disk;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private Disk.@Nullable File file;
    private long index;
    private long end;

    LeafLog(Disk disk) {
        this.disk = disk;
    }

    static String nameOf(long leaf) {
        return PREFIX + "%020d".formatted(leaf / LEAVES * LEAVES);
    }

    /** What the last process kept; {@link LedgerState#NEW} when there was none. */
    LedgerState load() throws IOException {
        // A save that failed may have left a new state in place which a loss of power would take back.
        disk.sync();
        if (!disk.list().contains(STATE)) {
            return LedgerState.NEW;
        }
        try (Disk.File state = disk.open(STATE)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(state.length(), MAX_STATE));
            fill(state, bytes, 0);
            return LedgerState.parse(bytes.array());
        }
    }

    /** Keeps a state in the place of the one before, whole or not at all; what it counts has to be synced. */
    void save(LedgerState state) throws IOException {
        disk.delete(NEXT_STATE);
        try (Disk.File next = disk.create(NEXT_STATE)) {
            next.write(ByteBuffer.wrap(state.toBytes()), 0);
            next.sync();
        }
        disk.rename(NEXT_STATE, STATE);
        disk.sync();
    }

    /** Goes on writing at a place of the log. */
    void resume(Place place) throws IOException {
        for (String name : disk.list()) {
            // Begun by a process that ended before it could count it.
            if (name.startsWith(PREFIX) && name.compareTo(nameOf(place.leaf())) > 0) {
                disk.delete(name);
            }
        }
        index = place.leaf();
        end = place.offset();
    }

    /** Adds an entry; it is kept once {@link #sync} and {@link #save} have returned. */
    void append(byte[] entry) throws IOException {
        if (index % LEAVES == 0) {
            roll();
        }
        if (buffer.remaining() < HEAD + entry.length) {
            flush();
        }
        buffer.putInt(entry.length).putInt(crc(entry)).put(entry);
        index++;
    }

    private void roll() throws IOException {
        sync();
        close();
        disk.delete(nameOf(index));
        file = disk.create(nameOf(index));
        disk.sync();
        end = 0;
    }

    private Disk.File file() throws IOException {
        Disk.File open = file;
        if (open == null) {
            open = disk.open(nameOf(index - 1));
            file = open;
        }
        return open;
    }

    private void flush() throws IOException {
        if (buffer.position() > 0) {
            int length = buffer.position();
            file().write(buffer.flip(), end);
            end += length;
            buffer.clear();
        }
    }

    void sync() throws IOException {
        flush();
        if (file != null) {
            file.sync();
        }
    }

    /** Removes the files that end before this leaf. */
    void dropBefore(long leaf) throws IOException {
        for (String name : disk.list()) {
            if (name.startsWith(PREFIX) && name.compareTo(nameOf(leaf)) < 0) {
                disk.delete(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private static int crc(byte[] entry) {
        var crc = new CRC32C();
        crc.update(entry);
        return (int) crc.getValue();
    }

    private static void fill(Disk.File file, ByteBuffer into, long at) throws IOException {
        long next = at;
        while (into.hasRemaining()) {
            int count = file.read(into, next);
            if (count < 0) {
                throw new IOException("a file of the ledger ends early");
            }
            next += count;
        }
    }

    /**
     * Where an entry begins.
     *
     * @param offset in the file that it is in
     */
    record Place(long leaf, long offset) {}

    /** Reads entries in order. Belongs to one thread; what it reads must be flushed. */
    static final class Reader implements AutoCloseable {
        private final Disk disk;
        private final ByteBuffer window = ByteBuffer.allocate(BUFFER).limit(0);
        private Disk.@Nullable File file;
        private long leaf;
        private long offset;
        private long windowAt;

        Reader(Disk disk, long base) {
            this.disk = disk;
            leaf = base;
        }

        /** Index of the next. */
        long leaf() {
            return leaf;
        }

        Place place() {
            return new Place(leaf, offset);
        }

        /** What was read ahead may have been written over. */
        void refresh() {
            window.limit(0);
        }

        byte[] next() throws IOException {
            if (file == null || leaf % LEAVES == 0) {
                close();
                file = disk.open(nameOf(leaf));
                offset = 0;
                window.limit(0);
            }
            ByteBuffer head = view(file, offset, HEAD);
            int length = head.getInt();
            int crc = head.getInt();
            if (length < 0 || length > BUFFER - HEAD) {
                throw damaged();
            }
            var entry = new byte[length];
            view(file, offset + HEAD, length).get(entry);
            if (crc(entry) != crc) {
                throw damaged();
            }
            offset += HEAD + length;
            leaf++;
            return entry;
        }

        private IOException damaged() {
            return new IOException("ledger file " + nameOf(leaf) + " is damaged at leaf " + leaf);
        }

        private ByteBuffer view(Disk.File from, long at, int length) throws IOException {
            if (at < windowAt || at + length > windowAt + window.limit()) {
                window.clear();
                windowAt = at;
                int count = from.read(window, at);
                while (window.position() < length && count >= 0) {
                    count = from.read(window, at + window.position());
                }
                window.flip();
                if (window.limit() < length) {
                    throw damaged();
                }
            }
            return window.slice((int) (at - windowAt), length);
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}
