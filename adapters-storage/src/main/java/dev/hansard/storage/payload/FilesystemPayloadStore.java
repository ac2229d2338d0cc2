// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps each object as the file that its key names. A file gets its name only when it is whole, checked and synced: it
 * is written under {@code .partial}, which no key can name, and then moved.
 */
final class FilesystemPayloadStore implements PayloadStore {
    private static final String PARTIAL = ".partial";
    private static final int COPY_BYTES = 64 * 1024;

    private final Path root;
    private final Path partial;
    private final PrivateFolders folders;
    /** Guards names, not bytes: an object gets or loses its name, and its folders with it, by one thread at a time. */
    private final ReentrantLock naming = new ReentrantLock();

    private FilesystemPayloadStore(Path root, PrivateFolders folders) {
        this.root = root;
        this.partial = root.resolve(PARTIAL);
        this.folders = folders;
    }

    static FilesystemPayloadStore open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        var store = new FilesystemPayloadStore(root, PrivateFolders.on(root));
        try {
            store.folders.create(store.partial);
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(store.partial)) {
                for (Path leftover : leftovers) {
                    Files.delete(leftover);
                }
            }
            return store;
        } catch (IOException e) {
            throw new StorageException("payload folder '" + root + "' cannot be used: " + e, e);
        }
    }

    static FilesystemPayloadStore beside(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new FilesystemPayloadStore(root, PrivateFolders.on(root));
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256) {
        Path file = file(key);
        if (length < 0) {
            throw new IllegalArgumentException("length of payload '" + key + "' must not be negative: " + length);
        }
        Path temporary = partial.resolve(UUID.randomUUID().toString());
        try {
            if (isThere(key, file, length, sha256)) {
                return;
            }
            try {
                write(key, temporary, bytes, length, sha256);
                name(key, temporary, file, length, sha256);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            // Whatever a disk does to one file it would do to the next.
            throw StorageException.outage("payload '" + key + "' could not be stored: " + e, e);
        }
    }

    /** Whether the object is there already as it is to be. */
    private static boolean isThere(String key, Path file, long length, String sha256) throws IOException {
        if (!isObject(file)) {
            return false;
        }
        if (Files.size(file) != length || !sha256Of(file).equals(sha256)) {
            throw new StorageException("payload '" + key + "' is there already with other bytes; it is left as it is");
        }
        return true;
    }

    private static boolean isObject(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void write(String key, Path temporary, InputStream bytes, long length, String sha256) throws IOException {
        MessageDigest digest = newSha256();
        try (FileChannel channel = folders.newFile(temporary)) {
            long written = 0;
            byte[] chunk = new byte[COPY_BYTES];
            for (int count; (count = next(key, bytes, chunk)) >= 0; ) {
                written += count;
                if (written > length) {
                    break;
                }
                digest.update(chunk, 0, count);
                writeWhole(channel, ByteBuffer.wrap(chunk, 0, count));
            }
            if (written != length) {
                throw new StorageException(
                        "payload '" + key + "' must have " + length + " bytes, but its source does not");
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                throw new StorageException("payload '" + key + "' does not have the SHA-256 that was promised");
            }
            channel.force(true);
        }
    }

    /** A source that breaks off is no fault of the disk that is written to. */
    private static int next(String key, InputStream bytes, byte[] chunk) {
        try {
            return bytes.read(chunk);
        } catch (IOException e) {
            throw new StorageException("payload '" + key + "' could not be read from its source: " + e, e);
        }
    }

    private static void writeWhole(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private void name(String key, Path temporary, Path file, long length, String sha256) throws IOException {
        naming.lock();
        try {
            if (isThere(key, file, length, sha256)) {
                return;
            }
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageException("payload '" + key + "' cannot be a file, since other keys continue it");
            }
            Path folder = folderOf(file);
            folders.create(folder);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            PrivateFolders.sync(folder);
        } finally {
            naming.unlock();
        }
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        Path file = file(key);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                requireRange(key, channel.size(), offset, length);
                return new RangeInputStream(channel, offset, length);
            } catch (IOException | StorageException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new StorageException("payload '" + key + "' does not exist", e);
        } catch (IOException e) {
            throw failure(key, "could not be read", e);
        }
    }

    private static void requireRange(String key, long size, long offset, long length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new StorageException("payload '" + key + "' has " + size + " bytes, but " + length + " from " + offset
                    + " were asked for");
        }
    }

    @Override
    public OptionalLong length(String key) {
        Path file = file(key);
        try {
            return isObject(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw failure(key, "could not be looked at", e);
        }
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIST + ", but is " + limit);
        }
        try {
            return KeyWalk.list(root, prefix, after, limit);
        } catch (IOException e) {
            throw new StorageException("payloads that start with '" + prefix + "' could not be listed: " + e, e);
        }
    }

    @Override
    public void delete(String key) {
        Path file = file(key);
        naming.lock();
        try {
            if (isObject(file)) {
                Path folder = folderOf(file);
                Files.delete(file);
                PrivateFolders.sync(folder);
                PrivateFolders.removeEmpty(folder, root);
            }
        } catch (IOException e) {
            throw failure(key, "could not be deleted", e);
        } finally {
            naming.unlock();
        }
    }

    private Path file(String key) {
        return root.resolve(PayloadStore.requireKey(key));
    }

    private Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? root : folder;
    }

    private static String sha256Of(Path file) throws IOException {
        MessageDigest digest = newSha256();
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] chunk = new byte[COPY_BYTES];
            for (int count; (count = bytes.read(chunk)) >= 0; ) {
                digest.update(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StorageException failure(String key, String what, IOException cause) {
        return new StorageException("payload '" + key + "' " + what + ": " + cause, cause);
    }
}
