// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and folders that their owner alone may read, where the file system knows owners, and makes names durable.
 */
final class PrivateFolders {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final boolean isPosix;

    private PrivateFolders(boolean isPosix) {
        this.isPosix = isPosix;
    }

    static PrivateFolders on(Path folder) {
        return new PrivateFolders(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    FileChannel newFile(Path file) throws IOException {
        return isPosix ? FileChannel.open(file, NEW, FILE) : FileChannel.open(file, NEW);
    }

    /** Makes a folder and what is missing above it, each durable before something is put into it. */
    void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            create(parent);
        }
        try {
            if (isPosix) {
                Files.createDirectory(folder, FOLDER);
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    /** Removes a folder and those above it as long as they are empty, but not {@code top}. */
    static void removeEmpty(Path folder, Path top) throws IOException {
        Path at = folder;
        while (at != null && !at.equals(top) && at.startsWith(top)) {
            try {
                Files.delete(at);
            } catch (DirectoryNotEmptyException | NoSuchFileException _) {
                return;
            }
            at = at.getParent();
        }
    }

    /** After a crash a file may exist without its name, unless the folder is synced too. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
