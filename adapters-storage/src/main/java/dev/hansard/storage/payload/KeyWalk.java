// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a tree of folders in the order of keys. It holds the names of one folder at each level and enters no folder in
 * which nothing can be found. A folder is sorted as its name with a slash, since {@code a-b} comes before {@code a/b}
 * in the order of characters, though {@code a} comes before {@code a-b}.
 */
final class KeyWalk {
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<String> found = new ArrayList<>();

    private KeyWalk(String prefix, String after, int limit) {
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    static List<String> list(Path root, String prefix, String after, int limit) throws IOException {
        var walk = new KeyWalk(prefix, after, limit);
        walk.enter(root, "");
        return List.copyOf(walk.found);
    }

    private void enter(Path folder, String path) throws IOException {
        int slash = prefix.startsWith(path) ? prefix.indexOf('/', path.length()) : -1;
        if (slash >= 0) {
            onTheWay(folder, path, prefix.substring(path.length(), slash));
            return;
        }
        for (String name : names(folder, path)) {
            if (found.size() == limit) {
                return;
            }
            String key = path + name;
            if (name.endsWith("/")) {
                if (mayHold(key)) {
                    enter(folder.resolve(name), key);
                }
            } else if (mayBe(key)) {
                found.add(key);
            }
        }
    }

    /** The prefix names the one folder that matters; its siblings may be many. */
    private void onTheWay(Path folder, String path, String name) throws IOException {
        if (name.isEmpty() || name.startsWith(".")) {
            return;
        }
        Path child = folder.resolve(name);
        if (mayHold(path + name + "/") && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            enter(child, path + name + "/");
        }
    }

    private boolean mayBe(String key) {
        return key.startsWith(prefix) && key.compareTo(after) > 0;
    }

    private boolean mayHold(String folderKey) {
        boolean onTheWay = folderKey.startsWith(prefix) || prefix.startsWith(folderKey);
        boolean isPassed = folderKey.compareTo(after) < 0 && !after.startsWith(folderKey);
        return onTheWay && !isPassed;
    }

    private List<String> names(Path folder, String path) throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                // To ask what each is would cost more than all else.
                if (name.startsWith(".") || !(mayBe(path + name) || mayHold(path + name + "/"))) {
                    continue;
                }
                names.add(Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name);
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // It was removed meanwhile.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }
}
