// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Direction;
import dev.hansard.storage.tokens.TextFeed;
import dev.hansard.storage.tokens.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The texts of one message, found in its decompressed record without making a string of each line, as sealing looks at
 * every record that there is. Belongs to one thread.
 */
final class RecordText {
    private static final String LENGTH = "content-length";

    private final byte[] bytes;
    private final Direction direction;
    private int at;
    private int blockAt;
    private int fieldsAt;
    private int fieldsEnd;
    private int contentAt;
    private int contentEnd;
    private String contentType = "";
    private String contentEncoding = "";

    private RecordText(byte[] bytes, Direction direction) {
        this.bytes = bytes;
        this.direction = direction;
    }

    /**
     * Finds the parts of a record.
     *
     * @param chunked whether the content is there as one chunk
     * @throws IOException when it is not made as {@link FrameEncoder} makes it
     */
    static RecordText of(byte[] record, Direction direction, boolean chunked) throws IOException {
        var text = new RecordText(record, direction);
        long length = text.warcHead();
        text.fields();
        text.contentAt = text.at;
        if (chunked) {
            String size = text.line();
            text.contentAt = text.at;
            length = number(size, 16) + (text.at - text.blockAt);
        }
        long end = text.blockAt + length;
        if (end < text.contentAt || end > record.length) {
            throw new IOException("record ends before its content");
        }
        text.contentEnd = (int) end;
        return text;
    }

    private long warcHead() throws IOException {
        long length = -1;
        int end = lineEnd(at);
        for (; end > at; end = lineEnd(at)) {
            int colon = colon(at, end);
            if (colon > 0 && isNamed(at, colon, LENGTH)) {
                length = number(text(colon + 2, end), 10);
            }
            at = end + 2;
        }
        if (length < 0) {
            throw new IOException("record has no Content-Length");
        }
        blockAt = end + 2;
        at = blockAt;
        return length;
    }

    private void fields() throws IOException {
        fieldsAt = lineEnd(at) + 2;
        at = fieldsAt;
        int end = lineEnd(at);
        for (; end > at; end = lineEnd(at)) {
            int colon = colon(at, end);
            if (colon > 0 && isNamed(at, colon, "content-type")) {
                contentType = text(colon + 2, end);
            } else if (colon > 0 && isNamed(at, colon, "content-encoding")) {
                contentEncoding = text(colon + 2, end);
            }
            at = end + 2;
        }
        fieldsEnd = at;
        at = end + 2;
    }

    /** The target of a request, and the values of the fields. */
    void head(TextFeed feed) throws IOException {
        if (direction == Direction.REQUEST) {
            target(feed);
        }
        int next = fieldsAt;
        while (next < fieldsEnd) {
            int end = lineEnd(next);
            int colon = colon(next, end);
            if (colon > 0) {
                feed.text(TextFormat.PLAIN, bytes, colon + 2, end);
            }
            next = end + 2;
        }
    }

    private void target(TextFeed feed) {
        int end = fieldsAt - 2;
        int from = blockAt;
        while (from < end && bytes[from] != ' ') {
            from++;
        }
        int to = end;
        while (to > from && bytes[to] != ' ') {
            to--;
        }
        if (to > from + 1) {
            feed.text(TextFormat.FORM, bytes, from + 1, to);
        }
    }

    /** The content, if it is text. */
    void content(TextFeed feed) {
        TextFormat format = TextFeed.formatOf(contentType, contentEncoding);
        if (format != null) {
            feed.text(format, bytes, contentAt, contentEnd);
        }
    }

    private String line() throws IOException {
        int end = lineEnd(at);
        String line = text(at, end);
        at = end + 2;
        return line;
    }

    /** Where the line ends that begins there. */
    private int lineEnd(int from) throws IOException {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        throw new IOException("record ends in its head");
    }

    private int colon(int from, int end) {
        for (int i = from; i + 1 < end; i++) {
            if (bytes[i] == ':' && bytes[i + 1] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private boolean isNamed(int from, int end, String name) {
        return end - from == name.length()
                && text(from, end).toLowerCase(Locale.ROOT).equals(name);
    }

    private String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            return Long.parseUnsignedLong(digits, radix) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw new IOException("record has a length that is no number", e);
        }
    }
}
