// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.wire.BodyDecoder;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.RequestParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What comes from a caller: the bytes read and not yet used, and the codec's state. The head of the request being
 * served stays where it was read, since its fields are used until the exchange ends; content is read behind it.
 */
final class CallerInput {
    /** What one read takes in at the most. */
    static final int READ_BYTES = 64 * 1024;

    private static final int FIRST_BUFFER_BYTES = 4 * 1024;

    /**
     * How much of what a refused caller still sends is read, so that it sees the answer, and for how long. Many a
     * caller looks for an answer only once all is sent; the size is that of a plain upload, not of one that would
     * flood us.
     */
    static final int LINGER_BYTES = 8 * 1024 * 1024;

    static final Duration LINGER = Duration.ofSeconds(1);

    private final CallerSocket socket;
    private final RequestParser parser;
    private final BodyDecoder decoder;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int from;
    private int to;
    private @Nullable EarlyRead early;

    CallerInput(CallerSocket socket, WireLimits limits) {
        this.socket = socket;
        this.parser = new RequestParser(limits);
        this.decoder = new BodyDecoder(limits);
    }

    RequestParser parser() {
        return parser;
    }

    BodyDecoder decoder() {
        return decoder;
    }

    /** Whether bytes are there that have not been used: the beginning of a next request, when one has ended. */
    boolean hasUnread() {
        return from < to;
    }

    /** How much memory it holds. */
    int bufferBytes() {
        return buffer.length;
    }

    /** Moves what is unread to the front and starts on a new head. */
    void beginHead() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == 0 && buffer.length > FIRST_BUFFER_BYTES) {
            buffer = new byte[FIRST_BUFFER_BYTES];
        }
        parser.reset();
    }

    /** Looks at what is there. After DONE the content starts behind the head. */
    Step parseHead() {
        Step step = from < to ? parser.parse(buffer, from, to) : Step.NEED_MORE;
        if (step == Step.DONE) {
            from = parser.headEnd();
        }
        return step;
    }

    /**
     * Waits for more bytes of a head.
     *
     * @return false at the end of the stream
     */
    boolean readMoreOfHead() throws IOException {
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        return fill();
    }

    /**
     * Waits for more content. What the last {@link #decode} handed on is overwritten.
     *
     * @return false at the end of the stream
     */
    boolean readMoreOfBody() throws IOException {
        if (from == to) {
            int head = parser.headEnd();
            if (buffer.length < head + READ_BYTES) {
                buffer = Arrays.copyOf(buffer, head + READ_BYTES);
            }
            from = head;
            to = head;
        } else if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length + READ_BYTES);
        }
        return fill();
    }

    private boolean fill() throws IOException {
        int read = early == null ? socket.read(buffer, to, buffer.length - to) : takeEarly(early);
        to += Math.max(read, 0);
        return read >= 0;
    }

    /** What was read while a request waited comes before what is read now. */
    private int takeEarly(EarlyRead begun) throws IOException {
        early = null;
        int read = begun.await();
        if (read > buffer.length - to) {
            buffer = Arrays.copyOf(buffer, to + read);
        }
        begun.copyTo(buffer, to);
        return read;
    }

    /**
     * Reads ahead while nothing is to be read of the request that is served, in order to see the end of the connection.
     * What comes before that belongs to the next request, and ends the watch.
     */
    void watch(Runnable gone) {
        if (early == null) {
            early = EarlyRead.begin(socket, gone);
        }
    }

    /** Decodes the content that is there. */
    Step decode(BodyDecoder.ContentSink sink) throws IOException {
        Step step = decoder.decode(buffer, from, to, sink);
        from += decoder.consumed();
        return step;
    }

    /**
     * After an answer that does without the content of a request of which only the head was used: lingers, unless
     * nothing is left that could still come.
     */
    void lingerOverContent(Deadline reading) throws IOException {
        long expected = parser.framing() == BodyFraming.LENGTH ? parser.contentLength() : 0;
        if (parser.framing() == BodyFraming.CHUNKED || to - from != expected) {
            linger(reading);
        }
    }

    /**
     * Reads and forgets for a moment: closing a socket with unread bytes resets it, and the answer with it, before the
     * caller has read it (RFC 9112 section 9.6).
     */
    void linger(Deadline reading) throws IOException {
        reading.set(LINGER);
        // Not into the buffer: the record may still be made from the head in it.
        if (early != null && (takeEarly(early) < 0 || reading.hasPassed())) {
            return;
        }
        var forgotten = new byte[FIRST_BUFFER_BYTES];
        for (int left = LINGER_BYTES; left > 0 && !reading.hasPassed(); ) {
            int read = socket.read(forgotten, 0, Math.min(forgotten.length, left));
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}
