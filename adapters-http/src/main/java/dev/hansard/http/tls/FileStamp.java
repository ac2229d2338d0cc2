// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tells that files have changed: their times, lengths and, through links, which files they are. */
record FileStamp(List<String> marks) {
    static FileStamp of(List<Path> files) {
        var marks = new ArrayList<String>();
        for (Path file : files) {
            marks.add(mark(file));
        }
        return new FileStamp(List.copyOf(marks));
    }

    private static String mark(Path file) {
        try {
            // The real path too: Kubernetes swaps a folder behind a link, and times may stay.
            Path real = file.toRealPath();
            return real + " " + Files.getLastModifiedTime(real).toMillis() + " " + Files.size(real);
        } catch (IOException _) {
            return "missing";
        }
    }
}
