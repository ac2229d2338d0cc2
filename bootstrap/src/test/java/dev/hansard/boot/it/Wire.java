// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Just enough HTTP/1.1 to tell whether a message came whole. One char is one byte. */
final class Wire {
    private static final int BUFFER = 64 * 1024;

    private final BufferedInputStream in;

    Wire(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** A start line and the fields behind it. */
    record Head(String line, List<String> fields) {
        Head {
            fields = List.copyOf(fields);
        }

        Optional<String> field(String name) {
            return fields.stream()
                    .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(field -> field.substring(name.length() + 1).strip())
                    .findFirst();
        }

        boolean isClosing() {
            return field("connection").map("close"::equalsIgnoreCase).orElse(false);
        }

        String method() {
            return line.substring(0, line.indexOf(' '));
        }

        String target() {
            return line.split(" ", -1)[1];
        }

        int status() {
            return Integer.parseInt(line.split(" ", -1)[1]);
        }

        private boolean isChunked() {
            return field("transfer-encoding").map("chunked"::equalsIgnoreCase).orElse(false);
        }

        private long length() {
            return field("content-length").map(Long::parseLong).orElse(0L);
        }
    }

    /** The next head; empty when the peer has closed before its first byte. */
    Optional<Head> head() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return Optional.empty();
        }
        in.reset();
        String line = line();
        List<String> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            fields.add(field);
        }
        return Optional.of(new Head(line, fields));
    }

    /** The content that goes with a head; ends with it, and fails when the peer ends before. */
    InputStream content(Head head) {
        return head.isChunked() ? new Content(-1) : new Content(head.length());
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended in a head");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** One message's content: a length, or chunks. */
    private final class Content extends InputStream {
        private final boolean chunked;
        private long left;
        private boolean ended;

        Content(long length) {
            chunked = length < 0;
            left = Math.max(0, length);
            ended = !chunked && length == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (!ended && left == 0) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(bytes, from, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("the connection ended in a content");
            }
            left -= read;
            if (left == 0 && chunked) {
                line();
            }
            ended = left == 0 && !chunked;
            return read;
        }

        private void nextChunk() throws IOException {
            String size = line();
            int semicolon = size.indexOf(';');
            left = Long.parseLong(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (left == 0) {
                while (!line().isEmpty()) {
                    // A trailer field.
                }
                ended = true;
            }
        }
    }
}
