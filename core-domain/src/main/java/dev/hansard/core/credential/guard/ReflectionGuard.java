// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import dev.hansard.core.masking.exact.ExactStream;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseGuard;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Looks for injected values in the content of one response as it streams, and without its content codings as well. A
 * byte is handed on once no value can begin before it that ends behind it: at the most as many wait as the longest
 * spelling has, and none where the end of what has come in is no beginning of a value. A beginning of {@link #HARMLESS}
 * bytes or fewer does not wait, because every second message that a stream is made of ends in one, and the stream would
 * stall; should a value come of it, all but those bytes of it are kept back. Owned by one thread.
 */
public final class ReflectionGuard implements ResponseGuard, AutoCloseable {
    /** How much of a value may go out before it is known to be one. */
    static final int HARMLESS = 2;

    /** Most bytes that wait for a decoder that is late. */
    static final int MOST_WAITING = 1 << 20;

    private static final byte[] NOTHING = {};

    private final ExactValues values;
    private final boolean covers;
    private final ExactStream raw;
    private final @Nullable DecodedScan decoded;
    private final boolean isLate;

    /** Up to which byte as it came in which byte without codings has come out. */
    private final Deque<Mark> marks = new ArrayDeque<>();

    private byte[] waiting = NOTHING;
    private int waitingLength;

    /** How much has come in. */
    private long taken;

    private long decodedTaken;
    /** Up to which byte as it came in all is decided that is in it without codings. */
    private long readable;

    private boolean isFound;
    private boolean passesTrailers = true;
    private @Nullable Refusal refusal;

    private record Mark(long taken, long decoded) {}

    private ReflectionGuard(ExactValues values, boolean covers, @Nullable DecodedScan decoded, boolean isLate) {
        this.values = values;
        this.covers = covers;
        this.raw = values.stream();
        this.decoded = decoded;
        this.isLate = isLate;
    }

    /**
     * For a content without codings, or with such as nobody here can read.
     *
     * @param covers whether values are covered instead of ending the response
     */
    public static ReflectionGuard plain(ExactValues values, boolean covers) {
        return new ReflectionGuard(values, covers, null, false);
    }

    /** For a content with codings; a decoder that {@code isLate} may keep what it has for long. */
    static ReflectionGuard decoding(ExactValues values, DecodedScan.Opening opening, boolean isLate) {
        return new ReflectionGuard(values, false, DecodedScan.start(opening, values.stream()), isLate);
    }

    /** For a response that may not go on from its head on. */
    static ReflectionGuard refusing(ExactValues values, Refusal refusal) {
        var guard = new ReflectionGuard(values, false, null, false);
        guard.refusal = refusal;
        return guard;
    }

    @Override
    public void content(byte[] bytes, int offset, int length, Sink sink) {
        if (refusal != null) {
            return;
        }
        long before = taken;
        int waitingBefore = waitingLength;
        raw.feed(bytes, offset, offset + length, (from, to) -> found(from, to, bytes, offset, length, before));
        taken += length;
        if (decoded != null) {
            decoded.feed(bytes, offset, length);
            decodedTaken = decoded.decoded();
            marks.addLast(new Mark(taken, decodedTaken));
        }
        if (isRefused()) {
            return;
        }
        long ready = ready();
        int old = (int) Math.min(waitingLength, ready - (before - waitingBefore));
        emitWaiting(old, sink);
        int fresh = (int) Math.max(0, ready - before);
        if (fresh > 0) {
            sink.content(bytes, offset, fresh);
        }
        keep(bytes, offset + fresh, length - fresh);
        if (waitingLength > MOST_WAITING) {
            refusal = Reflection.BLIND;
        }
    }

    /** Covers what can still be covered: bytes that wait, and those that came in just now. */
    private void found(long from, long to, byte[] bytes, int offset, int length, long start) {
        isFound = true;
        if (!covers) {
            return;
        }
        long firstWaiting = start - waitingLength;
        int firstOld = Math.clamp(from - firstWaiting, 0, waitingLength);
        Reflection.cover(waiting, firstOld, Math.clamp(to - firstWaiting, 0, waitingLength));
        int firstNew = Math.clamp(from - start, 0, length);
        Reflection.cover(bytes, offset + firstNew, offset + Math.clamp(to - start, 0, length));
    }

    private boolean isRefused() {
        if (isFound && !covers) {
            refusal = Reflection.REFUSAL;
        } else if (decoded != null && decoded.isFound()) {
            refusal = Reflection.REFUSAL;
        } else if (decoded != null && decoded.isTooLarge()) {
            refusal = Reflection.BLIND;
        }
        return refusal != null;
    }

    /** Up to which byte all is decided, or too little to matter. */
    private long ready() {
        long plain = raw.decided();
        long ready = taken - plain <= HARMLESS ? taken : plain;
        if (decoded == null) {
            return ready;
        }
        if (decoded.isEnded()) {
            return ready;
        }
        long decided = isLate ? -1 : decoded.decided();
        long clear = !isLate && decodedTaken - decided <= HARMLESS ? decodedTaken : decided;
        while (!marks.isEmpty() && marks.getFirst().decoded() <= clear) {
            readable = marks.removeFirst().taken();
        }
        return Math.min(ready, readable);
    }

    private void emitWaiting(int count, Sink sink) {
        if (count > 0) {
            sink.content(waiting, 0, count);
            System.arraycopy(waiting, count, waiting, 0, waitingLength - count);
            waitingLength -= count;
        }
    }

    private void keep(byte[] bytes, int from, int count) {
        if (count > 0) {
            if (waiting.length - waitingLength < count) {
                waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, waitingLength + count));
            }
            System.arraycopy(bytes, from, waiting, waitingLength, count);
            waitingLength += count;
        }
    }

    @Override
    public void end(Fields trailers, Sink sink) {
        if (refusal != null) {
            return;
        }
        raw.finish((from, to) -> found(from, to, NOTHING, 0, 0, taken));
        if (decoded != null) {
            decoded.end();
        }
        passesTrailers = !Reflection.isIn(values, trailers);
        isFound |= !passesTrailers;
        if (!isRefused()) {
            emitWaiting(waitingLength, sink);
        }
    }

    @Override
    public boolean passesTrailers() {
        return passesTrailers;
    }

    @Override
    public @Nullable Refusal refusal() {
        return refusal;
    }

    @Override
    public void close() {
        if (decoded != null) {
            decoded.close();
        }
    }
}
