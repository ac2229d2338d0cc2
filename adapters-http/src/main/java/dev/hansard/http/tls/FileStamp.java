// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
            // A new certificate often has the old one's length, and may come within one tick of a coarse clock: a file
            // that was moved into place tells itself by its key.
            BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
            return real + " " + now.fileKey() + " " + now.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " "
                    + now.size();
        } catch (IOException _) {
            return "missing";
        }
    }
}
