// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The content codings of a recorded body (RFC 9110 section 8.4), and their undoing. Recorded bytes are hostile: what a
 * body decodes to is measured under a limit before any of it is sent.
 */
final class ContentCoding {
    /** Most codings on top of each other. */
    static final int MAX_LAYERS = 2;

    /**
     * A body may decode to at most this many times its own length, once it is longer than {@link #RATIO_FREE_BYTES}.
     */
    static final int MAX_RATIO = 100;

    /** Decoded bytes below which the ratio does not matter: a small bomb is no bomb. */
    static final long RATIO_FREE_BYTES = 1L << 20;

    private static final int BUFFER_BYTES = 8192;

    private final List<Layer> layers;

    private ContentCoding(List<Layer> layers) {
        this.layers = layers;
    }

    /**
     * Reads the values of {@code Content-Encoding}, in order.
     *
     * @throws RefusedException when one of the codings is not known here, or there are too many
     */
    static ContentCoding of(List<String> values) {
        var layers = new ArrayList<Layer>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                switch (name.strip().toLowerCase(Locale.ROOT)) {
                    case "", "identity" -> {}
                    case "gzip", "x-gzip" -> layers.add(kept -> new GZIPInputStream(kept, BUFFER_BYTES));
                    case "deflate" -> layers.add(ContentCoding::inflate);
                    default -> throw unsupported("This body has a content coding that cannot be decoded here");
                }
            }
        }
        if (layers.size() > MAX_LAYERS) {
            throw unsupported("This body has more than " + MAX_LAYERS + " content codings");
        }
        return new ContentCoding(List.copyOf(layers));
    }

    private static RefusedException unsupported(String problem) {
        return new RefusedException(
                422, "unsupported_coding", problem + "; ask for view=raw, and see Hansard-Content-Encoding.");
    }

    boolean isIdentity() {
        return layers.isEmpty();
    }

    /** The decoded content of {@code kept}. */
    InputStream decode(InputStream kept) throws IOException {
        InputStream decoded = kept;
        for (Layer layer : layers.reversed()) {
            decoded = layer.decode(decoded);
        }
        return decoded;
    }

    /**
     * How many bytes {@code kept} decodes to. A record that keeps only the beginning of a body ends in the middle of
     * its coding: what can be decoded until there counts.
     *
     * @param keptBytes length of {@code kept}
     * @param limit most bytes that are decoded
     * @throws RefusedException when it is not in its coding, or decodes to more than allowed
     */
    long measure(InputStream kept, long keptBytes, boolean isTruncated, long limit) throws IOException {
        long most = Math.min(limit, Math.max(RATIO_FREE_BYTES, keptBytes * MAX_RATIO));
        long length = 0;
        var buffer = new byte[BUFFER_BYTES];
        try {
            InputStream decoded = decode(kept);
            for (int n; (n = decoded.read(buffer)) >= 0; ) {
                length += n;
                if (length > most) {
                    throw tooLarge(most);
                }
            }
        } catch (EOFException e) {
            if (!isTruncated) {
                throw undecodable();
            }
        } catch (ZipException _) {
            throw undecodable();
        }
        return length;
    }

    private static RefusedException tooLarge(long most) {
        return new RefusedException(
                422,
                "decoded_too_large",
                "This body decodes to more than the " + most + " bytes allowed; ask for view=raw.");
    }

    private static RefusedException undecodable() {
        return new RefusedException(
                422, "undecodable", "This body is not in the content coding that its header says; ask for view=raw.");
    }

    /**
     * Servers send "deflate" with the zlib wrapper, as they should, and without: RFC 9110 section 8.4.1.2 warns of it.
     */
    private static InputStream inflate(InputStream kept) throws IOException {
        var pushback = new PushbackInputStream(kept, 2);
        byte[] start = pushback.readNBytes(2);
        pushback.unread(start);
        boolean isWrapped =
                start.length == 2 && (start[0] & 0x0f) == 8 && (((start[0] & 0xff) << 8) | (start[1] & 0xff)) % 31 == 0;
        return new Inflating(pushback, new Inflater(!isWrapped));
    }

    /** Undoes one coding. */
    @FunctionalInterface
    private interface Layer {
        InputStream decode(InputStream coded) throws IOException;
    }

    /** Frees the native memory of its inflater with the stream. */
    private static final class Inflating extends InflaterInputStream {
        Inflating(InputStream in, Inflater inflater) {
            super(in, inflater, BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
