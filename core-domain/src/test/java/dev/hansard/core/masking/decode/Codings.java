// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Encodes what tests decode. */
final class Codings {
    private Codings() {}

    static byte[] gzip(byte[] content) {
        return encoded(content, GZIPOutputStream::new);
    }

    static byte[] zlib(byte[] content) {
        return encoded(content, DeflaterOutputStream::new);
    }

    static byte[] rawDeflate(byte[] content) {
        return encoded(content, out -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true)));
    }

    static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    interface Encoder {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] encoded(byte[] content, Encoder encoder) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoder.over(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
