// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.DiskFullException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the machine. Only the owner may look into it: what is recorded is masked, but still confidential.
 * Whoever uses it must not be interrupted: that closes the file under it.
 */
final class NioDisk implements Disk {
    private static final int ZEROS = 1024 * 1024;
    private static final MemorySegment NOUGHTS = Arena.global().allocate(ZEROS).asReadOnly();
    private static final String LOCK = "lock";

    private final Path folder;

    private NioDisk(Path folder) {
        this.folder = folder;
    }

    /** The folder is made when it is missing. */
    static NioDisk at(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        }
        return new NioDisk(folder);
    }

    /**
     * Keeps other processes out until the answer is closed or this process ends.
     *
     * @throws IOException when another one is in
     */
    Closeable lock() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // This very process has it open already.
        }
        channel.close();
        throw new IOException("it is in use by another process; give each node a folder of its own");
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public File create(String name) throws IOException {
        Path path = folder.resolve(name);
        try {
            Files.createFile(path, ownerOnly(folder, "rw-------"));
        } catch (IOException e) {
            throw translated(e);
        }
        return open(name);
    }

    @Override
    public File open(String name) throws IOException {
        return new NioFile(FileChannel.open(folder.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public MemorySegment map(String name, long bytes) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            Files.createFile(path, ownerOnly(folder, "rw-------"));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Written out, not sparse: a store into a hole that the full disk cannot fill would kill the process.
            allocate(channel, bytes);
            return channel.map(MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
        }
    }

    private static void allocate(FileChannel channel, long to) throws IOException {
        ByteBuffer zeros = NOUGHTS.asByteBuffer();
        try {
            for (long at = channel.size(); at < to; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
                at += channel.write(zeros, at);
            }
        } catch (IOException e) {
            throw translated(e);
        }
    }

    /** The JDK tells a full disk only by the system's text. */
    private static IOException translated(IOException e) {
        @Nullable String message = e.getMessage();
        if (message != null && (message.contains("No space left") || message.contains("Disk quota exceeded"))) {
            return new DiskFullException(message, e);
        }
        return e;
    }

    private record NioFile(FileChannel channel) implements File {
        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return channel.read(into, at);
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            try {
                long next = at;
                while (from.hasRemaining()) {
                    next += channel.write(from, next);
                }
            } catch (IOException e) {
                throw translated(e);
            }
        }

        @Override
        public void allocate(long to) throws IOException {
            NioDisk.allocate(channel, to);
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
