// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold a secret: nobody but their owner may read them, from the moment that they are there. */
public final class OwnersFile {
    private OwnersFile() {}

    /**
     * Makes one.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is a file of that name
     */
    public static void create(Path file, String text) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }
}
