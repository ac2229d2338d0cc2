// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.Unmaskable;
import java.util.Arrays;

/** A JSON number as a table of states over bytes (RFC 8259, 6). Belongs to one thread. */
final class NumberSyntax {
    private static final int START = 0;
    private static final int MINUS = 1;
    private static final int POINT = 2;
    private static final int POWER = 3;
    private static final int POWER_SIGN = 4;
    /** From here on a number may end. */
    private static final int ZERO = 5;

    private static final int WHOLE = 6;
    private static final int FRACTION = 7;
    private static final int EXPONENT = 8;
    private static final int STATES = 9;
    private static final int END = STATES;

    private static final byte[] NEXT = table();

    private int state;

    void begin() {
        state = START;
    }

    /** Reads on, and returns the index of the first byte that is not part of it. */
    int read(byte[] bytes, int from, int end, long shift) throws Unmaskable {
        int now = state;
        int at = from;
        for (; at < end; at++) {
            int next = NEXT[(now << 8) | (bytes[at] & 0xFF)];
            if (next == END) {
                break;
            }
            now = next;
        }
        state = now;
        if (at < end && !mayEnd()) {
            throw JsonSyntax.wrong("a number is not as JSON writes it", shift + at);
        }
        return at;
    }

    boolean mayEnd() {
        return state >= ZERO;
    }

    private static byte[] table() {
        var next = new byte[STATES << 8];
        Arrays.fill(next, (byte) END);
        put(next, START, "-", MINUS);
        for (int sign : new int[] {START, MINUS}) {
            put(next, sign, "0", ZERO);
            put(next, sign, "123456789", WHOLE);
        }
        put(next, WHOLE, "0123456789", WHOLE);
        for (int whole : new int[] {ZERO, WHOLE}) {
            put(next, whole, ".", POINT);
            put(next, whole, "eE", POWER);
        }
        put(next, POINT, "0123456789", FRACTION);
        put(next, FRACTION, "0123456789", FRACTION);
        put(next, FRACTION, "eE", POWER);
        put(next, POWER, "+-", POWER_SIGN);
        for (int power : new int[] {POWER, POWER_SIGN, EXPONENT}) {
            put(next, power, "0123456789", EXPONENT);
        }
        return next;
    }

    private static void put(byte[] next, int state, String bytes, int then) {
        bytes.chars().forEach(b -> next[(state << 8) | b] = (byte) then);
    }
}
