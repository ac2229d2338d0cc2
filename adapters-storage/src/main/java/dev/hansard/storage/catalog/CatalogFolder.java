// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The catalog's folder: one file {@code DAY.mv.db} for each day, {@code state}, and {@code lock} against a second
 * process.
 */
final class CatalogFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CatalogFolder.class.getName());
    private static final String SUFFIX = ".mv.db";
    private static final String CORRUPT = ".corrupt";

    private final Path folder;
    private final FileChannel lock;

    private CatalogFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static CatalogFolder open(Path folder) {
        try {
            createPrivate(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StorageException("catalog folder '" + folder + "' is in use by another process; stop it, or"
                        + " give this one a folder of its own");
            }
            return new CatalogFolder(folder, channel);
        } catch (IOException e) {
            throw new StorageException("catalog folder '" + folder + "' cannot be used: " + e.getMessage(), e);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    Path file(LocalDate day) {
        return folder.resolve(day + SUFFIX);
    }

    /**
     * Reads the state and makes the folder agree with it: files that are not to be trusted go, and their days are lost.
     */
    CatalogState recover() {
        try {
            Optional<CatalogState> read = read();
            CatalogState state = read.orElseGet(CatalogState::empty);
            var lost = new TreeSet<>(state.lost());
            var days = new TreeMap<>(state.days());
            var present = presentDays();
            for (LocalDate day : present) {
                if (state.open().contains(day) || !days.containsKey(day)) {
                    lost.add(day);
                    days.remove(day);
                }
            }
            days.keySet().stream().filter(day -> !present.contains(day)).forEach(lost::add);
            days.keySet().retainAll(present);
            lost.addAll(state.open());
            days.keySet().removeAll(state.open());
            SpoolPosition position = lost.isEmpty() ? state.position() : SpoolPosition.START;
            var recovered = new CatalogState(position, new TreeSet<>(), lost, days);
            // First the state that calls them lost, then the files: a stop in between finds the same work again.
            if (!lost.equals(state.lost())) {
                LOG.log(System.Logger.Level.WARNING, "catalog was not closed properly; to be indexed again: {0}", lost);
            }
            write(recovered);
            for (LocalDate day : present) {
                if (!days.containsKey(day)) {
                    delete(day);
                }
            }
            return recovered;
        } catch (IOException e) {
            throw new StorageException("catalog folder '" + folder + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<CatalogState> read() throws IOException {
        Path file = folder.resolve("state");
        return Files.exists(file)
                ? CatalogState.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList())
                : Optional.empty();
    }

    private NavigableSet<LocalDate> presentDays() throws IOException {
        var days = new TreeSet<LocalDate>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                try {
                    days.add(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
                } catch (DateTimeParseException _) {
                    LOG.log(System.Logger.Level.WARNING, "catalog folder holds {0}, which is not a day file", name);
                }
            }
        }
        return days;
    }

    /** Writes the state so that a crash leaves the old one or the new one. */
    void write(CatalogState state) {
        Path next = folder.resolve("state.next");
        byte[] text = (String.join("\n", state.toLines()) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(text);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(next, folder.resolve("state"), StandardCopyOption.ATOMIC_MOVE);
            // The folder too: after a crash the file may exist without its name.
            sync(folder);
        } catch (IOException e) {
            throw new StorageException("catalog state in '" + folder + "' cannot be written: " + e.getMessage(), e);
        }
    }

    /** Makes a closed day file durable. */
    void sync(LocalDate day) {
        try {
            sync(file(day));
        } catch (IOException e) {
            throw new StorageException("catalog file '" + file(day) + "' cannot be synced: " + e.getMessage(), e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void delete(LocalDate day) {
        delete(file(day));
    }

    /** With the damaged file that was kept for a look at it. */
    void forget(LocalDate day) {
        delete(file(day));
        delete(aside(day));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException("catalog file '" + file + "' cannot be removed: " + e.getMessage(), e);
        }
    }

    private Path aside(LocalDate day) {
        return folder.resolve(day + SUFFIX + CORRUPT);
    }

    /** Keeps a damaged file for a look at it, one for each day. */
    void setAside(LocalDate day) {
        Path file = file(day);
        try {
            if (Files.exists(file)) {
                Files.move(file, aside(day), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StorageException("catalog file '" + file + "' cannot be set aside: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageException("catalog lock in '" + folder + "' cannot be closed: " + e.getMessage(), e);
        }
    }
}
