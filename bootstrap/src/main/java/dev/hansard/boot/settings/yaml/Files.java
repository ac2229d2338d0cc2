// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a configuration consists of. */
public interface Files {
    /** The content of a file, or its first {@code most} bytes when it is longer. */
    byte[] read(Path file, int most) throws IOException;

    /** What a folder holds, sorted by name; nothing when there is no such folder. */
    List<Path> list(Path folder) throws IOException;

    /** The file system. */
    static Files onDisk() {
        return new Disk();
    }

    /** The file system. */
    final class Disk implements Files {
        private Disk() {}

        @Override
        public byte[] read(Path file, int most) throws IOException {
            try (InputStream in = java.nio.file.Files.newInputStream(file)) {
                return in.readNBytes(most);
            }
        }

        @Override
        public List<Path> list(Path folder) throws IOException {
            if (!java.nio.file.Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> entries = java.nio.file.Files.list(folder)) {
                return entries.sorted().toList();
            }
        }
    }
}
