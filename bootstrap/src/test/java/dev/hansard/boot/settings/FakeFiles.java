// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Files in memory. What TLS needs is all there. */
final class FakeFiles implements Files, TlsFiles {
    private final Map<Path, byte[]> contents = new TreeMap<>();

    FakeFiles with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    FakeFiles with(String path, byte[] content) {
        contents.put(Path.of(path), content);
        return this;
    }

    @Override
    public byte[] read(Path file, int most) throws IOException {
        byte[] content = contents.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return Arrays.copyOf(content, Math.min(most, content.length));
    }

    @Override
    public void certificates(Path file) {}

    @Override
    public void keyOf(Path certFile, Path keyFile) {}

    @Override
    public List<Path> list(Path folder) {
        return contents.keySet().stream()
                .filter(file -> Objects.equals(file.getParent(), folder))
                .toList();
    }
}
