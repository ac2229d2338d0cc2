// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2) from a stream of bytes. The id of the last event is kept also for
 * events without data, so that a reader that comes back asks for no more than it missed.
 */
public final class EventStream {
    /** The longest line. */
    static final int MOST_LINE_BYTES = 4 * 1024 * 1024;

    private final InputStream in;
    private String lastId;
    private boolean afterReturn;

    public EventStream(InputStream in, String lastId) {
        this.in = new BufferedInputStream(in);
        this.lastId = lastId;
    }

    /** The id of the last event; empty when none had one. */
    public String lastId() {
        return lastId;
    }

    /** The data of the next event; null at the end of the stream. */
    public @Nullable String next() throws IOException {
        var data = new StringBuilder();
        boolean hasData = false;
        String id = lastId;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                lastId = id;
                if (hasData) {
                    return data.toString();
                }
            } else if (line.startsWith("data:")) {
                data.append(hasData ? "\n" : "").append(value(line));
                hasData = true;
            } else if (line.startsWith("id:")) {
                id = value(line);
            }
        }
        return null; // An event that was not finished is dropped, as the standard says.
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            boolean secondOfPair = c == '\n' && afterReturn;
            afterReturn = c == '\r';
            if (secondOfPair) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() >= MOST_LINE_BYTES) {
                throw new IOException("an event line is longer than " + MOST_LINE_BYTES + " bytes");
            }
            line.write(c);
        }
        return null;
    }
}
