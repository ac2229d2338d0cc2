// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Files that remember what was asked of them, so that a change can be told by their contents: times and sizes say
 * nothing where a folder is swapped for another, as Kubernetes does.
 */
public final class SeenFiles implements Files {
    private final Files files;
    private final Map<Path, Integer> read = new ConcurrentSkipListMap<>();
    private final Set<Path> listed = new ConcurrentSkipListSet<>();

    public SeenFiles(Files files) {
        this.files = files;
    }

    @Override
    public byte[] read(Path file, int most) throws IOException {
        read.put(file, most);
        return files.read(file, most);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        listed.add(folder);
        return files.list(folder);
    }

    /** Forgets what was asked so far: what is read from here on is all that counts. */
    void forget() {
        read.clear();
        listed.clear();
    }

    /** A digest of all that was asked for, as it is now; what cannot be read counts as missing. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path folder : listed) {
                add(digest, folder, names(folder));
            }
            for (Map.Entry<Path, Integer> file : read.entrySet()) {
                add(digest, file.getKey(), content(file.getKey(), file.getValue()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Path path, byte[] content) {
        digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }

    private byte[] names(Path folder) {
        try {
            return files.list(folder).toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private byte[] content(Path file, int most) {
        try {
            return files.read(file, most);
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
