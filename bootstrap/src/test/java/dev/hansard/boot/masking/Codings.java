// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Encodes what a node has to decode. */
final class Codings {
    /** Every coding that is known, with that of contents that have none. */
    static final List<String> ALL = List.of("identity", "gzip", "deflate", "br", "zstd");

    private static final int LONGEST_PIECE = 1 << 16;

    private Codings() {}

    static byte[] encoded(String coding, byte[] content) {
        return switch (coding) {
            case "identity" -> content;
            case "gzip" -> through(content, GZIPOutputStream::new);
            case "deflate" -> through(content, DeflaterOutputStream::new);
            case "br" -> brotli(content);
            case "zstd" -> Zstd.compress(content);
            default -> throw new IllegalArgumentException("there is no encoder for " + coding);
        };
    }

    /**
     * Brotli that compresses nothing (RFC 7932 section 9.2), for no encoder is among the libraries: a window of 64 KiB,
     * pieces of at most that, each behind four bits, its length and a mark that it is not compressed, and an empty end.
     */
    private static byte[] brotli(byte[] content) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += LONGEST_PIECE) {
            int length = Math.min(LONGEST_PIECE, content.length - at);
            boolean first = at == 0;
            // The first bit of all is the window; then not last, two bits for a length of 16, the length, the mark.
            int header = ((length - 1) << 3 | 1 << 19) << (first ? 1 : 0);
            out.write(header);
            out.write(header >> 8);
            out.write(header >> 16);
            out.write(content, at, length);
        }
        out.write(content.length == 0 ? 6 : 3);
        return out.toByteArray();
    }

    private interface Encoder {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] through(byte[] content, Encoder encoder) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoder.over(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
