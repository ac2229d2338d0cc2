// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that fails as it is told, the same for the same seed. Until a file is synced its bytes may be lost,
 * torn or kept in another order, by sectors of 512 bytes; until the folder is synced its names may be. A failed sync
 * throws away some of the unsynced bytes and calls the rest clean, as Linux does, so that a second sync of the same
 * file lies.
 *
 * <p>Safe for any number of threads.
 */
public final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    private final Random random;
    private TreeMap<String, Content> names = new TreeMap<>();
    private TreeMap<String, Content> durableNames = new TreeMap<>();
    private long capacity = Long.MAX_VALUE;
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private long errorAt = Long.MAX_VALUE;
    private long writes;
    private long fullAtWrite = Long.MAX_VALUE;
    private long fullWrites;
    private int failingSyncs;
    private int failingFolderSyncs;
    private boolean broken;
    private boolean crashed;
    private @Nullable CountDownLatch hang;
    private Consumer<String> beforeDelete = _ -> {};

    public SimulatedDisk(long seed) {
        random = new Random(seed);
    }

    /** The power has gone: every use of the disk ends so until {@link #crash} or {@link #kill} has brought it back. */
    public static final class PowerLoss extends Error {
        private static final long serialVersionUID = 1L;

        public PowerLoss() {
            super("power lost");
        }
    }

    /** What a file holds: as its users see it, and as a loss of power would leave it at worst. */
    private static final class Content {
        private byte[] bytes = new byte[0];
        private byte[] durable = new byte[0];
        private final BitSet dirty = new BitSet();
        private @Nullable MemorySegment mapped;
    }

    /** The power will go in the middle of the {@code count}th operation from now. */
    public synchronized void crashAfter(long count) {
        crashAt = operations + count;
    }

    /** The {@code count}th operation from now fails, and no other. */
    public synchronized void failAfter(long count) {
        errorAt = operations + count;
    }

    /** From the {@code first}th write on, so many writes find the disk full. */
    public synchronized void fullAt(long first, long count) {
        fullAtWrite = writes + first;
        fullWrites = count;
    }

    /** Most bytes of all files together. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** The next so many syncs of files fail. */
    public synchronized void failSyncs(int count) {
        failingSyncs = count;
    }

    /** The next so many syncs of the folder fail; what its names are is to be seen all the same. */
    public synchronized void failFolderSyncs(int count) {
        failingFolderSyncs = count;
    }

    /** Every write and sync fails, until called with false. */
    public synchronized void broken(boolean is) {
        broken = is;
    }

    /** Syncs do not return until {@link #release}. */
    public synchronized void hang() {
        hang = new CountDownLatch(1);
    }

    /** What to run with a file's name before it goes. */
    public synchronized void beforeDelete(Consumer<String> check) {
        beforeDelete = check;
    }

    /** Ends a {@link #hang}. */
    public synchronized void release() {
        if (hang != null) {
            hang.countDown();
            hang = null;
        }
    }

    /** How many operations there have been. */
    public synchronized long operations() {
        return operations;
    }

    /** How many writes there have been, the making of room included. */
    public synchronized long writes() {
        return writes;
    }

    /** The names of all files, as its users see them; no operation. */
    public synchronized List<String> names() {
        return new ArrayList<>(names.keySet());
    }

    /** Bytes of a file as its users see it. */
    public synchronized byte[] bytes(String name) {
        Content content = names.get(name);
        return content == null ? new byte[0] : content.bytes.clone();
    }

    /** Damages a file behind everybody's back. */
    public synchronized void overwrite(String name, byte[] bytes) {
        Content content = new Content();
        content.bytes = bytes.clone();
        content.durable = bytes.clone();
        names.put(name, content);
        durableNames.put(name, content);
    }

    /** The process has been killed: all that was written is there. Open files are dead. */
    public synchronized void kill() {
        resume();
        names.values().forEach(content -> content.mapped = content.mapped == null ? null : copy(content.mapped));
    }

    /** The power was lost: of what was not synced, something is there. */
    public synchronized void crash() {
        var survivors = new TreeMap<>(durableNames);
        // A name that was not synced may be there all the same, and a deleted one come back.
        names.forEach((name, content) -> {
            if (!survivors.containsKey(name) && random.nextBoolean()) {
                survivors.put(name, content);
            }
        });
        durableNames.keySet().forEach(name -> {
            if (!names.containsKey(name) && random.nextBoolean()) {
                survivors.remove(name);
            }
        });
        var after = new TreeMap<String, Content>();
        survivors.forEach((name, content) -> after.put(name, torn(content)));
        names = after;
        durableNames = new TreeMap<>(after);
        resume();
    }

    private void resume() {
        crashed = false;
        crashAt = Long.MAX_VALUE;
        errorAt = Long.MAX_VALUE;
        fullAtWrite = Long.MAX_VALUE;
        failingSyncs = 0;
        failingFolderSyncs = 0;
        broken = false;
        release();
    }

    /** Each unsynced sector is as it was, as it should be, or a part of each. */
    private Content torn(Content content) {
        int length = content.durable.length;
        if (content.bytes.length != length && random.nextBoolean()) {
            length += random.nextInt(Math.abs(content.bytes.length - length) + 1)
                    * Integer.signum(content.bytes.length - length);
        }
        byte[] bytes = Arrays.copyOf(content.durable, length);
        for (int sector = content.dirty.nextSetBit(0); sector >= 0; sector = content.dirty.nextSetBit(sector + 1)) {
            int from = sector * SECTOR;
            int to = Math.min(Math.min(from + SECTOR, length), content.bytes.length);
            int kept = switch (random.nextInt(5)) {
                case 0, 1 -> 0;
                case 2 -> random.nextInt(SECTOR);
                default -> SECTOR;
            };
            if (from < to) {
                System.arraycopy(content.bytes, from, bytes, from, Math.min(kept, to - from));
            }
        }
        var after = new Content();
        after.bytes = bytes;
        after.durable = bytes.clone();
        if (content.mapped != null) {
            // Pages of a mapping reach the disk when they like.
            after.mapped = copy(content.mapped);
            for (long page = 0; page + 4096 <= after.mapped.byteSize(); page += 4096) {
                if (random.nextInt(3) == 0) {
                    after.mapped.asSlice(page, 4096).fill((byte) 0);
                }
            }
        }
        return after;
    }

    private static MemorySegment copy(MemorySegment mapped) {
        MemorySegment copy = Arena.ofAuto().allocate(mapped.byteSize(), 8);
        copy.copyFrom(mapped);
        return copy;
    }

    private void step() {
        if (crashed || ++operations >= crashAt) {
            crashed = true;
            throw new PowerLoss();
        }
    }

    /** A step at which the disk can say no. */
    private void tryStep() throws IOException {
        step();
        if (operations == errorAt) {
            throw new IOException("Input/output error");
        }
    }

    private void room(long more) throws IOException {
        writes++;
        boolean told = writes >= fullAtWrite && writes < fullAtWrite + fullWrites;
        if (broken) {
            throw new IOException("Input/output error");
        }
        if (told || used() + more > capacity) {
            throw new DiskFullException("No space left on device");
        }
    }

    private long used() {
        return names.values().stream()
                .mapToLong(content -> content.bytes.length)
                .sum();
    }

    @Override
    public synchronized File create(String name) throws IOException {
        tryStep();
        room(0);
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        var content = new Content();
        names.put(name, content);
        return new SimulatedFile(content);
    }

    @Override
    public synchronized File open(String name) throws IOException {
        tryStep();
        Content content = names.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new SimulatedFile(content);
    }

    @Override
    public synchronized List<String> list() throws IOException {
        tryStep();
        return new ArrayList<>(names.keySet());
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        tryStep();
        beforeDelete.accept(name);
        names.remove(name);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        tryStep();
        Content content = names.remove(from);
        if (content == null) {
            throw new NoSuchFileException(from);
        }
        names.put(to, content);
    }

    @Override
    public synchronized void sync() throws IOException {
        tryStep();
        if (broken || failingFolderSyncs > 0) {
            failingFolderSyncs = Math.max(0, failingFolderSyncs - 1);
            throw new IOException("Input/output error");
        }
        durableNames = new TreeMap<>(names);
    }

    @Override
    public synchronized long free() throws IOException {
        tryStep();
        return capacity - used();
    }

    @Override
    public synchronized MemorySegment map(String name, long bytes) {
        step();
        Content content = names.computeIfAbsent(name, _ -> new Content());
        durableNames.put(name, content);
        MemorySegment mapped = content.mapped;
        if (mapped == null) {
            mapped = Arena.ofAuto().allocate(bytes, 8);
            content.mapped = mapped;
        }
        return mapped;
    }

    private final class SimulatedFile implements File {
        private final Content content;

        SimulatedFile(Content content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            synchronized (SimulatedDisk.this) {
                tryStep();
                int count = Math.min(into.remaining(), content.bytes.length - (int) at);
                if (count <= 0) {
                    return -1;
                }
                into.put(content.bytes, (int) at, count);
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            synchronized (SimulatedDisk.this) {
                int length = from.remaining();
                try {
                    tryStep();
                    room(Math.max(0, at + length - content.bytes.length));
                } catch (PowerLoss | IOException e) {
                    // Some of it was written.
                    put(from.slice(from.position(), random.nextInt(length + 1)), (int) at);
                    throw e;
                }
                put(from, (int) at);
            }
        }

        private void put(ByteBuffer from, int at) {
            int length = from.remaining();
            grow(at + length);
            from.get(content.bytes, at, length);
            if (length > 0) {
                content.dirty.set(at / SECTOR, (at + length - 1) / SECTOR + 1);
            }
        }

        private void grow(int to) {
            if (to > content.bytes.length) {
                int before = content.bytes.length;
                content.bytes = Arrays.copyOf(content.bytes, to);
                content.dirty.set(before / SECTOR, (to - 1) / SECTOR + 1);
            }
        }

        @Override
        public void allocate(long to) throws IOException {
            synchronized (SimulatedDisk.this) {
                tryStep();
                room(Math.max(0, to - content.bytes.length));
                grow((int) to);
            }
        }

        @Override
        public void sync() throws IOException {
            CountDownLatch waiting;
            synchronized (SimulatedDisk.this) {
                step();
                waiting = hang;
            }
            if (waiting != null) {
                awaitQuietly(waiting);
            }
            synchronized (SimulatedDisk.this) {
                if (broken || failingSyncs > 0 || operations == errorAt) {
                    failingSyncs = Math.max(0, failingSyncs - 1);
                    forgetSome();
                    throw new IOException("Input/output error");
                }
                settle();
            }
        }

        private void awaitQuietly(CountDownLatch waiting) {
            try {
                waiting.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void settle() {
            byte[] durable = Arrays.copyOf(content.durable, content.bytes.length);
            for (int s = content.dirty.nextSetBit(0); s >= 0; s = content.dirty.nextSetBit(s + 1)) {
                int from = s * SECTOR;
                int length = Math.min(SECTOR, content.bytes.length - from);
                if (length > 0) {
                    System.arraycopy(content.bytes, from, durable, from, length);
                }
            }
            content.durable = durable;
            content.dirty.clear();
        }

        /** What is no longer dirty will never be written, whatever later syncs say. */
        private void forgetSome() {
            for (int s = content.dirty.nextSetBit(0); s >= 0; s = content.dirty.nextSetBit(s + 1)) {
                if (random.nextBoolean()) {
                    content.dirty.clear(s);
                }
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (SimulatedDisk.this) {
                tryStep();
                return content.bytes.length;
            }
        }

        @Override
        public void close() {
            // Nothing is kept open.
        }
    }
}
