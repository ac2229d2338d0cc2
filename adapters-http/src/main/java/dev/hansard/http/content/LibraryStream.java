// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A library's decoder, whose failures are told in the words of the port, and which may fail by any exception. */
final class LibraryStream extends InputStream {
    // What the two libraries say of an end that came too early. Brotli goes on with zeros for a while, and so often
    // finds damage first.
    private static final Set<String> TRUNCATED =
            Set.of("Truncated source", "Read after end", "Unexpected end of input", "No more input");

    private final InputStream decoder;

    /** Opens a decoder, which may read the first bytes. */
    interface Opening {
        InputStream open() throws IOException;
    }

    LibraryStream(Opening opening) throws IOException {
        try {
            decoder = opening.open();
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return decoder.read(into, offset, length);
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }

    private static IOException told(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && TRUNCATED.contains(message)) {
                var early = new EOFException("the content ends before its coding does");
                early.initCause(failure);
                return early;
            }
        }
        return new IOException("the content is not in its coding", failure);
    }
}
