// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import dev.hansard.storage.crypt.SealedInput;
import dev.hansard.storage.crypt.SealedOutput;
import dev.hansard.storage.crypt.SealingKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The file of a backup. It comes to be under another name, {@code .NAME.part}, and gets its own once it is on the disk
 * and has been read back: so a file of that name is always whole, whenever the process ends. It is for its owner only.
 */
public final class BackupFile {
    private static final String PART = ".part";

    private final Path file;
    private final @Nullable SealingKey sealing;

    /**
     * @param sealing null for a file in clear
     */
    public BackupFile(Path file, @Nullable SealingKey sealing) {
        this.file = file;
        this.sealing = sealing;
    }

    /** Writes an archive. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes it, unless there is one of that name.
     *
     * @return what it says of itself, as it was read back
     * @throws IOException when it could not be written; then there is no file
     */
    public BackupFacts write(Content content, RandomGenerator random) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        removeAbandoned(folder);
        Path part = folder.resolve("." + file.getFileName() + PART);
        try (FileOutputStream out = create(part);
                FileLock _ = out.getChannel().lock()) {
            OutputStream buffered = new BufferedOutputStream(out);
            OutputStream to = sealing == null ? buffered : new SealedOutput(new Open(buffered), sealing, random);
            content.writeTo(to);
            // Not in a try: what broke off must not get the end that a whole file has.
            to.flush();
            if (sealing != null) {
                to.close();
            }
            buffered.flush();
            out.getChannel().force(true);
            BackupFacts facts = read(part, (_, _) -> {});
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            return facts;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileOutputStream create(Path part) throws IOException {
        Files.deleteIfExists(part);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return new FileOutputStream(part.toFile());
    }

    /** What a process left that was killed. Those of a process that lives are locked. */
    private static void removeAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*.backup" + PART)) {
            for (Path part : parts) {
                if (isAbandoned(part)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static boolean isAbandoned(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** The names of a folder, too, have to be on the disk. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads it from its beginning to its end.
     *
     * @throws IOException when it is not whole, or does not open
     */
    public BackupFacts read(BackupReader.Use use) throws IOException {
        return read(file, use);
    }

    private BackupFacts read(Path from, BackupReader.Use use) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
            in.mark(SealedInput.HEAD);
            boolean isSealed = SealedInput.isSealed(in.readNBytes(SealedInput.HEAD));
            in.reset();
            if (sealing == null && isSealed) {
                throw new IOException("it is sealed; give its key or passphrase");
            }
            // Whoever could exchange the file must not get around the seal by leaving it off.
            if (sealing != null && !isSealed) {
                throw new IOException("it is not sealed; if that is right, say --plain");
            }
            return BackupReader.read(sealing == null ? in : new SealedInput(in, sealing), use);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Not closed with what seals it. */
    private static final class Open extends OutputStream {
        private final OutputStream out;

        Open(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }
    }
}
