// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import dev.hansard.ports.exchange.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content out of a message's body (RFC 9112 sections 6 and 7.1) and finds its end. Content is handed on
 * as slices of the caller's buffer as it comes; only trailer lines are kept. One per direction of a connection,
 * owned by the thread that reads it.
 */
public final class BodyDecoder {
    /** Takes content; the bytes are the buffer's own and valid during the call only. */
    @FunctionalInterface
    public interface ContentSink {
        void content(byte[] bytes, int offset, int length) throws IOException;
    }

    private enum State {
        DATA,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK_LINE_LF,
        CHUNK_DATA,
        CHUNK_CR,
        CHUNK_LF,
        TRAILER_START,
        TRAILER_END_LF,
        TRAILERS,
        ENDED,
        BROKEN
    }

    /** 15 hexadecimal digits always fit a long. */
    private static final int SIZE_DIGITS = 15;

    private static final int FIRST_TRAILER_BYTES = 512;
    private static final byte[] NOTHING = {};

    private final WireLimits limits;
    private final FieldSection trailers;
    private State state = State.ENDED;
    private @Nullable WireFault fault;
    private long remaining;
    private int sizeDigits;
    private int extensionBytes;
    private boolean extensionNamed;
    private int consumed;
    // Trailer lines are copied here, since the caller's buffer may be used again before the section is complete.
    private byte[] trailerBytes = NOTHING;
    private int trailerLength;

    public BodyDecoder(WireLimits limits) {
        this.limits = limits;
        trailers = new FieldSection(limits);
    }

    /**
     * Starts the body of a message.
     *
     * @param contentLength how many bytes there are; looked at for {@link BodyFraming#LENGTH} only
     */
    public void begin(BodyFraming framing, long contentLength) {
        fault = null;
        consumed = 0;
        remaining = 0;
        trailerBytes = NOTHING;
        trailerLength = 0;
        trailers.begin(0, limits.trailerBytes(), WireFaults.TRAILERS_TOO_LARGE);
        switch (framing) {
            case NONE -> state = State.ENDED;
            case UNTIL_CLOSE -> state = State.UNTIL_CLOSE;
            case CHUNKED -> startChunk();
            case LENGTH -> {
                remaining = contentLength;
                state = contentLength > 0 ? State.DATA : State.ENDED;
            }
        }
    }

    /**
     * Goes on with the bytes of {@code [from, to)}, which follow those of the last call. An empty range is allowed and
     * tells whether the body is complete already.
     *
     * @throws IOException when {@code sink} does; the decoder must then not be used before the next {@link #begin}
     */
    public Step decode(byte[] buffer, int from, int to, ContentSink sink) throws IOException {
        int at = from;
        while (at < to && state != State.ENDED && state != State.BROKEN) {
            at = switch (state) {
                case DATA, CHUNK_DATA -> takeData(buffer, at, to, sink);
                case UNTIL_CLOSE -> takeRest(buffer, at, to, sink);
                case CHUNK_EXTENSION -> scanExtension(buffer, at, to);
                case TRAILERS -> takeTrailers(buffer, at, to);
                default -> at + takeOctet(buffer[at]);
            };
        }
        consumed = at - from;
        return step();
    }

    private Step step() {
        if (state == State.BROKEN) {
            return Step.FAULT;
        }
        return state == State.ENDED ? Step.DONE : Step.NEED_MORE;
    }

    private int takeData(byte[] buffer, int from, int to, ContentSink sink) throws IOException {
        int length = (int) Math.min(remaining, to - from);
        remaining -= length;
        if (remaining == 0) {
            state = state == State.DATA ? State.ENDED : State.CHUNK_CR;
        }
        sink.content(buffer, from, length);
        return from + length;
    }

    private static int takeRest(byte[] buffer, int from, int to, ContentSink sink) throws IOException {
        sink.content(buffer, from, to - from);
        return to;
    }

    /** One byte of what frames the chunks; answers how many bytes it used: 0 when another state must look at it too. */
    private int takeOctet(byte octet) {
        switch (state) {
            case CHUNK_SIZE -> readSize(octet);
            case CHUNK_LINE_LF -> endSizeLine(octet);
            case CHUNK_CR -> expect(octet, Octets.CR, State.CHUNK_LF);
            case CHUNK_LF -> endChunk(octet);
            case TRAILER_START -> {
                if (octet != Octets.CR) {
                    state = State.TRAILERS;
                    return 0;
                }
                state = State.TRAILER_END_LF;
            }
            case TRAILER_END_LF -> endWithoutTrailers(octet);
            default -> throw new IllegalStateException("no framing is due in " + state);
        }
        return 1;
    }

    private void startChunk() {
        remaining = 0;
        sizeDigits = 0;
        extensionBytes = 0;
        state = State.CHUNK_SIZE;
    }

    private void readSize(byte octet) {
        int digit = Octets.hex(octet);
        if (digit >= 0 && sizeDigits < SIZE_DIGITS) {
            sizeDigits++;
            remaining = remaining << 4 | digit;
        } else if (sizeDigits > 0 && octet == Octets.CR) {
            state = State.CHUNK_LINE_LF;
        } else if (sizeDigits > 0 && octet == ';') {
            startExtension();
        } else {
            breakOff(octet == Octets.LF ? WireFaults.LINE_ENDING_INVALID : WireFaults.CHUNK_SIZE_INVALID);
        }
    }

    private void startExtension() {
        extensionNamed = false;
        extensionBytes++;
        state = extensionBytes > limits.chunkExtensionBytes() ? State.BROKEN : State.CHUNK_EXTENSION;
        if (state == State.BROKEN) {
            breakOff(WireFaults.CHUNK_EXTENSION_INVALID);
        }
    }

    /** Discards the extension (RFC 9112 section 7.1.1), but not one that is empty or could hide the end of the line. */
    private int scanExtension(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && state == State.CHUNK_EXTENSION) {
            byte octet = buffer[at++];
            if (octet == Octets.CR) {
                state = State.CHUNK_LINE_LF;
            } else if (octet == Octets.LF) {
                breakOff(WireFaults.LINE_ENDING_INVALID);
            } else if (!Octets.isText(octet) || ++extensionBytes > limits.chunkExtensionBytes()) {
                breakOff(WireFaults.CHUNK_EXTENSION_INVALID);
            } else {
                extensionNamed |= !Octets.isBlank(octet) && octet != ';';
            }
        }
        if (state == State.CHUNK_LINE_LF && !extensionNamed) {
            breakOff(WireFaults.CHUNK_EXTENSION_INVALID);
        }
        return at;
    }

    private void endSizeLine(byte octet) {
        expect(octet, Octets.LF, remaining > 0 ? State.CHUNK_DATA : State.TRAILER_START);
    }

    private void endChunk(byte octet) {
        if (octet == Octets.LF) {
            startChunk();
        } else {
            breakOff(WireFaults.CHUNK_END_INVALID);
        }
    }

    private void endWithoutTrailers(byte octet) {
        expect(octet, Octets.LF, State.ENDED);
    }

    private void expect(byte octet, byte wanted, State next) {
        if (octet == wanted) {
            state = next;
        } else {
            breakOff(state == State.CHUNK_CR ? WireFaults.CHUNK_END_INVALID : WireFaults.LINE_ENDING_INVALID);
        }
    }

    /** Copies what may belong to the section, and gives back what turned out to be after it. */
    private int takeTrailers(byte[] buffer, int from, int to) {
        int room = limits.trailerBytes() + 1 - trailerLength;
        int length = Math.min(room, to - from);
        int seen = trailers.position();
        ensureTrailerRoom(trailerLength + length);
        System.arraycopy(buffer, from, trailerBytes, trailerLength, length);
        trailerLength += length;
        switch (trailers.parse(trailerBytes, trailerLength)) {
            case NEED_MORE -> {}
            case FAULT -> breakOff(trailers.fault());
            case DONE -> endTrailers();
        }
        return from + (state == State.TRAILERS ? length : trailers.position() - seen);
    }

    private void ensureTrailerRoom(int needed) {
        if (needed > trailerBytes.length) {
            int doubled = Math.max(FIRST_TRAILER_BYTES, trailerBytes.length * 2);
            trailerBytes = Arrays.copyOf(trailerBytes, Math.max(needed, doubled));
        }
    }

    private void endTrailers() {
        state = State.ENDED;
        for (int index = 0; index < trailers.count(); index++) {
            if (trailers.isFraming(index) || trailers.isNamed(index, ControlFields.HOST)) {
                breakOff(WireFaults.TRAILER_FORBIDDEN);
            }
        }
    }

    private void breakOff(@Nullable WireFault reason) {
        fault = reason;
        state = State.BROKEN;
    }

    /** How many bytes of the last range belong to the message; after DONE the rest is the next one's. */
    public int consumed() {
        return consumed;
    }

    /** The peer will send no more: that is the end of a body framed by it, and a fault in the middle of another. */
    public Step endOfStream() {
        if (state == State.UNTIL_CLOSE) {
            state = State.ENDED;
        } else if (state != State.ENDED && state != State.BROKEN) {
            breakOff(WireFaults.CONTENT_TRUNCATED);
        }
        return step();
    }

    /** The trailer fields, none before DONE. They belong to the record; none of them means anything to the framing. */
    public Fields trailers() {
        return trailers;
    }

    /** The fault that {@link #decode} or {@link #endOfStream} told of, with the status for a caller's message. */
    public WireFault fault() {
        if (fault == null) {
            throw new IllegalStateException("there is no fault");
        }
        return fault;
    }
}
