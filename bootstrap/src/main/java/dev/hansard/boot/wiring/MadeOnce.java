// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A small file beside the records, made at the first start and read at every other. */
final class MadeOnce {
    private MadeOnce() {}

    /**
     * The text in a file without the blanks around it; a file that is not there is made, readable for its owner alone.
     */
    static String text(Path file, Supplier<String> made) throws IOException {
        if (!Files.exists(file)) {
            write(file, made.get());
        }
        return Files.readString(file).strip();
    }

    /** Puts another text in the place of the one before, whole or not at all. */
    static void replace(Path file, String text) throws IOException {
        write(file, text);
    }

    private static void write(Path file, String text) throws IOException {
        // Half a text must not be taken for a whole one after a crash.
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(next, text + "\n", CREATE, WRITE, SYNC);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
