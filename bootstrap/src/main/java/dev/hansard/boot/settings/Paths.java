// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.MisfitException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads paths. A relative one starts at the folder of the configuration file, so that it means the same wherever the
 * process is started.
 */
record Paths(Path folder) {
    static Paths besides(Path file) {
        Path parent = file.getParent();
        return new Paths(parent == null ? Path.of("") : parent);
    }

    Path resolve(String text) {
        try {
            if (!text.isBlank()) {
                return folder.resolve(text).normalize();
            }
        } catch (InvalidPathException _) {
            // Said below like any other text that is no path.
        }
        throw new MisfitException("the path of a file or folder");
    }
}
