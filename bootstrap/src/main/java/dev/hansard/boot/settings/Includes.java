// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Finds the files that {@code include} names: a path or, in its last part, a pattern with {@code *}. */
final class Includes {
    /** How many files may be included. */
    static final int MOST_FILES = 256;

    private final Files files;
    private final Paths paths;
    private final Problems problems;

    Includes(Files files, Paths paths, Problems problems) {
        this.files = files;
        this.paths = paths;
        this.problems = problems;
    }

    /** The included files, each once, in the order of the patterns and then of their names. */
    Set<Path> of(Section root) {
        Set<Path> found = new LinkedHashSet<>();
        List<Tree> items = root.items("include");
        for (int i = 0; i < items.size(); i++) {
            String path = "include[" + i + "]";
            String pattern = root.text(items.get(i), path);
            if (pattern != null) {
                find(pattern, items.get(i), path, found);
            }
        }
        if (found.size() > MOST_FILES) {
            problems.error(root.placeOf("include"), "include names more than " + MOST_FILES + " files");
            return Set.of();
        }
        return found;
    }

    private void find(String pattern, Tree at, String path, Set<Path> found) {
        int slash = pattern.lastIndexOf('/');
        String folder = pattern.substring(0, slash + 1);
        String name = pattern.substring(slash + 1);
        if (name.isEmpty() || folder.indexOf('*') >= 0) {
            problems.error(at.at(), path + " must be a file, or a pattern such as conf.d/*.yaml");
            return;
        }
        try {
            Path in = folder.isEmpty()
                    ? paths.folder()
                    : paths.folder().resolve(folder).normalize();
            if (name.indexOf('*') < 0) {
                found.add(in.resolve(name));
                return;
            }
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
            List<Path> matching = files.list(in).stream()
                    .filter(file -> matcher.matches(file.getFileName()))
                    .toList();
            found.addAll(matching);
            if (matching.isEmpty()) {
                problems.warning(at.at(), path + " matches no file", "check the folder");
            }
        } catch (IOException | InvalidPathException | PatternSyntaxException _) {
            problems.error(at.at(), path + " cannot be listed", "check the path and that it may be read");
        }
    }
}
