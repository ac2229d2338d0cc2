// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a run measured, for people: one line each in {@code it-findings.txt} beside the jar. */
final class Findings {
    private Findings() {}

    static void note(String text) {
        Path file = JarNode.jar().resolveSibling("it-findings.txt");
        try {
            Files.write(file, List.of(text), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
