// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that are there whole or not at all, whatever happens, and that only their owner can read. */
final class DurableFile {
    static final String UNFINISHED = ".tmp";

    private static final boolean HAS_RIGHTS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFile() {}

    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder, rights("rwx------"));
        }
    }

    private static FileAttribute<?>[] rights(String rights) {
        return HAS_RIGHTS
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights("rw-------"))) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        forceFolder(file);
    }

    /** After a crash a file may exist without its name, or be gone with it still there. */
    static void forceFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Writes zeros over the beginning of a file, and removes it. */
    static void shred(Path file, int beginning) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) Math.min(beginning, channel.size())), 0);
            channel.force(false);
        } catch (NoSuchFileException _) {
            return;
        }
        Files.deleteIfExists(file);
    }
}
