// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import dev.hansard.ports.masking.ContentCodings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes the content codings (RFC 9110 section 8.4) off a content, within limits that bound memory and time whatever the
 * content says. Each limit holds for each of several codings, so that a bomb cannot hide in the middle. Immutable; safe
 * for any number of threads.
 *
 * <p>What is damaged anywhere, even behind what most readers would read, is refused: one reader more may read it.
 */
public final class ContentDecoding {
    /** Most codings, one on the other, that are taken off. */
    public static final int MAX_CODINGS = 3;

    /** How many times longer than encoded a content may be. */
    public static final int MAX_RATIO = 100;

    /** So many bytes of output are never too many for the ratio: little honest content may be very regular. */
    public static final int FREE_OF_RATIO = 64 << 10;

    private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate", "br", "zstd");

    private static final int CHUNK = 16 << 10;
    private static final int EXPECTED_RATIO = 4;

    private final ContentCodings codings;
    private final int maxBytes;

    /** @param maxBytes longest content that is masked, without its codings */
    public ContentDecoding(ContentCodings codings, int maxBytes) {
        this.codings = codings;
        this.maxBytes = maxBytes;
    }

    /**
     * The content without its codings.
     *
     * @param contentEncoding the values of all its Content-Encoding fields, in their order
     * @return the very buffers where there are no codings, whose positions are never moved
     */
    public List<ByteBuffer> decode(List<String> contentEncoding, List<ByteBuffer> content, TimeLimit time)
            throws Unmaskable {
        List<String> names = names(contentEncoding);
        long length = length(content);
        if (names.isEmpty() || length == 0) {
            if (length > maxBytes) {
                throw tooLong(maxBytes);
            }
            return content;
        }
        var decoded = new MaskedBytes((int) Math.min(maxBytes, EXPECTED_RATIO * length));
        decode(names, content, decoded, time);
        return List.of(ByteBuffer.wrap(decoded.array(), 0, decoded.size()));
    }

    private static long length(List<ByteBuffer> content) {
        long length = 0;
        for (ByteBuffer part : content) {
            length += part.remaining();
        }
        return length;
    }

    /** How long a content may be without its codings. */
    public long maxDecoded(long encodedBytes) {
        return Math.min(maxBytes, mostByRatio(encodedBytes));
    }

    private static long mostByRatio(long encodedBytes) {
        return Math.max(FREE_OF_RATIO, encodedBytes * MAX_RATIO);
    }

    static Unmaskable tooLong(int maxBytes) {
        return new Unmaskable(Reason.SIZE, "the content is longer than " + maxBytes + " bytes");
    }

    /** In the order in which they were applied, without those that say nothing. */
    private static List<String> names(List<String> contentEncoding) throws Unmaskable {
        var names = new ArrayList<String>();
        for (String value : contentEncoding) {
            for (String part : value.split(",", -1)) {
                String name = part.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !name.equals("identity")) {
                    names.add(name);
                }
                if (names.size() > MAX_CODINGS) {
                    throw new Unmaskable(Reason.CODING, "it has more than " + MAX_CODINGS + " content codings");
                }
            }
        }
        return names;
    }

    private void decode(List<String> names, List<ByteBuffer> content, MaskedBytes out, TimeLimit time)
            throws Unmaskable {
        long length = length(content);
        long cap = mostByRatio(length);
        var open = new ArrayList<InputStream>();
        try {
            InputStream stream = new BuffersStream(content);
            for (String name : names.reversed()) {
                stream = new CappedStream(decoder(name, stream), cap, maxBytes, time);
                open.add(stream);
            }
            var chunk = new byte[CHUNK];
            for (int n; (n = stream.read(chunk)) >= 0; ) {
                out.add(chunk, 0, n);
            }
        } catch (IOException e) {
            throw unmaskable(e);
        } finally {
            close(open);
        }
    }

    /** Whether a content can be read without its codings. */
    public enum Readability {
        /** There are none. */
        PLAIN,
        /** Decoders give what they can of each piece as it comes in. */
        PROMPT,
        /** A decoder may keep what it has until much more has come in. */
        LATE,
        /** One is not known, or there are too many. */
        NONE
    }

    /** How a content with these codings can be read while it comes in. */
    public static Readability readability(List<String> contentEncoding) {
        try {
            List<String> names = names(contentEncoding);
            if (names.isEmpty()) {
                return Readability.PLAIN;
            }
            if (!KNOWN.containsAll(names)) {
                return Readability.NONE;
            }
            return names.contains("br") ? Readability.LATE : Readability.PROMPT;
        } catch (Unmaskable _) {
            return Readability.NONE;
        }
    }

    /** A content without its codings, decoded as it comes in and without any limit of ours. */
    public static InputStream open(ContentCodings codings, List<String> contentEncoding, InputStream encoded)
            throws IOException {
        try {
            InputStream stream = encoded;
            for (String name : names(contentEncoding).reversed()) {
                stream = decoder(codings, name, stream);
            }
            return stream;
        } catch (Unmaskable e) {
            throw new IOException("the content has a coding that is not known", e);
        }
    }

    private InputStream decoder(String name, InputStream encoded) throws IOException, Unmaskable {
        return decoder(codings, name, encoded);
    }

    private static InputStream decoder(ContentCodings codings, String name, InputStream encoded)
            throws IOException, Unmaskable {
        InputStream decoder = switch (name) {
            case "gzip", "x-gzip" -> new GzipStream(encoded);
            case "deflate" -> new DeflateStream(encoded);
            default -> codings.decode(name, encoded);
        };
        if (decoder == null) {
            throw new Unmaskable(Reason.CODING, "a content coding is not known");
        }
        return decoder;
    }

    /** Which of the causes says most: a limit, or else an end that came too early. */
    private static Unmaskable unmaskable(IOException failure) {
        boolean early = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CapReached cap) {
                return cap.unmaskable();
            }
            early |= cause instanceof EOFException;
        }
        return early
                ? new Unmaskable(Reason.INCOMPLETE, "the content ends before its content coding does")
                : new Unmaskable(Reason.CODING, "the content is not in its content coding");
    }

    private static void close(List<InputStream> streams) {
        for (InputStream stream : streams.reversed()) {
            try {
                stream.close();
            } catch (IOException _) {
                // Nothing is lost by it: what was read has been read, or the failure is already on its way.
            }
        }
    }
}
