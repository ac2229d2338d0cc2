// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a call belongs to (W3C Trace Context, level 1). Hansard exports no spans of its own yet, so it hands
 * on a valid {@code traceparent} untouched: a new parent id would name a span that nobody has. Where there is none it
 * makes one, with the sampled flag set since the session is indeed recorded, and drops {@code tracestate}, which
 * means nothing without its parent.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param traceparent the field's value
 * @param received whether it came with the request
 */
public record TraceContext(String traceId, String traceparent, boolean received) {
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;

    /** Reads a received {@code traceparent}; null when it is not valid. */
    static @Nullable TraceContext parse(String value) {
        if (value.length() < LENGTH
                || value.charAt(TRACE_ID - 1) != '-'
                || value.charAt(PARENT_ID - 1) != '-'
                || value.charAt(FLAGS - 1) != '-') {
            return null;
        }
        boolean version = isHex(value, 0, 2) && !value.startsWith("ff") && hasLengthOfItsVersion(value);
        boolean ids = isHex(value, TRACE_ID, PARENT_ID - 1)
                && isHex(value, PARENT_ID, FLAGS - 1)
                && !isZero(value, TRACE_ID, PARENT_ID - 1)
                && !isZero(value, PARENT_ID, FLAGS - 1);
        return version && ids && isHex(value, FLAGS, LENGTH)
                ? new TraceContext(value.substring(TRACE_ID, PARENT_ID - 1), value, true)
                : null;
    }

    /** Begins a trace. */
    static TraceContext make(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        String traceId = hex.toHexDigits(notZero(random)) + hex.toHexDigits(random.nextLong());
        return new TraceContext(traceId, "00-" + traceId + "-" + hex.toHexDigits(notZero(random)) + "-01", false);
    }

    private static long notZero(RandomGenerator random) {
        long word = random.nextLong();
        return word == 0 ? 1 : word;
    }

    // Later versions may only add to the end, after a dash.
    private static boolean hasLengthOfItsVersion(String value) {
        return value.length() == LENGTH || (!value.startsWith("00") && value.charAt(LENGTH) == '-');
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
