// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that a node has written under a folder: what stands in it as it is, and in each Zstandard frame. */
final class WrittenBytes {
    private static final byte[] FRAME = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private WrittenBytes() {}

    /** Which of some texts stand there. */
    static Set<String> found(Path folder, Collection<String> texts) throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = content(Files.readAllBytes(file));
                texts.stream().filter(content::contains).forEach(found::add);
            }
        }
        return found;
    }

    /** One char for each byte; behind them what the frames among them hold. */
    private static String content(byte[] bytes) {
        var content = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1));
        for (int at = nextFrame(bytes, 0); at >= 0; at = nextFrame(bytes, at + 1)) {
            content.append(uncompressed(bytes, at));
        }
        return content.toString();
    }

    private static int nextFrame(byte[] bytes, int from) {
        for (int at = from; at <= bytes.length - FRAME.length; at++) {
            if (bytes[at] == FRAME[0]
                    && bytes[at + 1] == FRAME[1]
                    && bytes[at + 2] == FRAME[2]
                    && bytes[at + 3] == FRAME[3]) {
                return at;
            }
        }
        return -1;
    }

    /** What looked like a frame and is none holds nothing. */
    private static String uncompressed(byte[] bytes, int at) {
        long length = Zstd.findFrameCompressedSize(bytes, at, bytes.length - at);
        if (Zstd.isError(length)) {
            return "";
        }
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes, at, (int) length))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    /** The spellings of a text that could stand in a longer one: raw, in both cases of hexadecimal, and in base64. */
    static List<String> spellings(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        var all = new ArrayList<>(List.of(
                text,
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                HexFormat.of().withPrefix("%").withUpperCase().formatHex(bytes)));
        for (int before = 0; before < 3; before++) {
            String whole =
                    Base64.getEncoder().encodeToString(("#".repeat(before) + text).getBytes(StandardCharsets.US_ASCII));
            // The first group holds what came before, the last what comes behind.
            all.add(whole.substring(before == 0 ? 0 : 4, whole.length() - 4));
        }
        return all;
    }
}
