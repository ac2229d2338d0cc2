// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Secrets that can be told from all else, and the search for them in every spelling. */
final class Canaries {
    private static final String BEGIN = "Xq7cAnArYfOuNd";
    private static final String END = "wHeReItShOuLdNoTbE9z";
    private static final int ALIGNMENTS = 3;

    private final List<String> needles = new ArrayList<>();
    private int planted;

    Canaries() {
        for (String part : List.of(BEGIN, END)) {
            byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
            String hex = HexFormat.of().formatHex(bytes);
            needles.add(part);
            needles.add(part.toLowerCase(Locale.ROOT));
            needles.add(hex);
            needles.add(percent(part));
            for (int i = 0; i < ALIGNMENTS; i++) {
                needles.add(base64Inside(part, i));
            }
        }
    }

    /** What stays of a text's Base64 wherever it stands, when this many bytes modulo 3 come before it. */
    private static String base64Inside(String part, int before) {
        String padded = "#".repeat(before) + part;
        String whole = Base64.getEncoder().encodeToString(padded.getBytes(StandardCharsets.US_ASCII));
        // The first group holds what came before, the last what comes behind.
        return whole.substring(before == 0 ? 0 : 4, whole.length() - 4);
    }

    static String percent(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return encoded.toString();
    }

    /** A new one. */
    String next() {
        return BEGIN + planted++ + END;
    }

    int planted() {
        return planted;
    }

    /** Which of all spellings stand in a text; one char is one byte. */
    List<String> in(String text) {
        return needles.stream().filter(text::contains).toList();
    }

    /** Where under a folder any of them stands, in the bytes as they are. */
    List<String> under(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> in(text(read(file))).stream().map(needle -> file + " holds " + needle))
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All segments under a folder, uncompressed. */
    static String segments(Path folder) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".warc.zst")).toList()) {
                try (InputStream in = new ZstdInputStream(Files.newInputStream(file))) {
                    text.append(text(in.readAllBytes()));
                }
            }
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
