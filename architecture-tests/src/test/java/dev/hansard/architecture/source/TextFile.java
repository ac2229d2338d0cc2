// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.source;

import java.util.List;

/**
 * A text file of the repository.
 *
 * @param path from the repository's root, with {@code /}
 * @param lines without their line ends
 */
public record TextFile(String path, List<String> lines) {
    public TextFile {
        lines = List.copyOf(lines);
    }

    public static TextFile of(String path, String text) {
        return new TextFile(path, text.lines().toList());
    }

    public String text() {
        return String.join("\n", lines);
    }

    public boolean isTest() {
        return path.contains("/src/test/");
    }

    /** The folder without a slash at its end; empty at the root. */
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
