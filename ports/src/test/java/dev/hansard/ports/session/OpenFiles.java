// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds files that a test has left open. */
public final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /** The open files in JUnit's temporary folders; none where the system does not tell. */
    public static List<Path> inTemporaryFolders() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .map(OpenFiles::target)
                    .filter(target -> target.toString().contains("/junit-"))
                    .filter(target -> !target.toString().endsWith(".jar"))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException _) {
            return Path.of("closed-meanwhile");
        }
    }
}
