// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.util.Arrays;

/**
 * The inside of a JSON string as a table of states over bytes: RFC 8259 escapes, and the well-formed sequences of UTF-8
 * (Unicode 17, table 3-7), so that overlong forms and surrogates are refused. Belongs to one thread.
 */
final class StringSyntax {
    /** Trait: it has escapes. */
    static final int ESCAPED = 1;

    /** Trait: it has bytes beyond ASCII. */
    static final int WIDE = 2;

    private static final int TEXT = 0;
    private static final int ESCAPE = 1;
    private static final int HEX_4 = 2;
    private static final int HEX_1 = 5;
    private static final int TAIL_1 = 6;
    private static final int TAIL_2 = 7;
    private static final int TAIL_3 = 8;
    private static final int AFTER_E0 = 9;
    private static final int AFTER_ED = 10;
    private static final int AFTER_F0 = 11;
    private static final int AFTER_F4 = 12;
    private static final int STATES = 13;
    private static final int CLOSED = STATES;
    private static final int WRONG = STATES + 1;

    private static final byte[] NEXT = table();

    private int state;
    private int seen;

    void begin() {
        state = TEXT;
        seen = 0;
    }

    /** Reads on, and returns the index of the closing quote, or {@code end} when it is not among these bytes. */
    int read(byte[] bytes, int from, int end, long shift) throws Unmaskable {
        int now = state;
        int at = from;
        while (at < end) {
            if (now == TEXT) {
                at = plain(bytes, at, end);
                if (at == end) {
                    break;
                }
            }
            int next = NEXT[(now << 8) | (bytes[at] & 0xFF)];
            if (next != TEXT) {
                if (next >= CLOSED) {
                    if (next == CLOSED) {
                        return at;
                    }
                    throw wrong(now, bytes[at], shift + at);
                }
                seen |= 1 << next;
            }
            now = next;
            at++;
        }
        state = now;
        return end;
    }

    /** Most of most strings. That no byte waits for the one before makes it twice as fast as the table alone. */
    private static int plain(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && NEXT[bytes[at] & 0xFF] == TEXT) {
            at++;
        }
        return at;
    }

    int traits() {
        return seen == 0 ? 0 : ((seen & (1 << ESCAPE)) != 0 ? ESCAPED : 0) | (seen >= (1 << TAIL_1) ? WIDE : 0);
    }

    /** The content ended in the middle of it. */
    Unmaskable cut(long at) {
        return state >= TAIL_1 ? wrong(state, (byte) 0, at) : JsonSyntax.wrong("a string has no end", at);
    }

    private static Unmaskable wrong(int state, byte found, long at) {
        if (state >= TAIL_1 || (found < 0 && state == TEXT)) {
            return new Unmaskable(Reason.CHARSET, "it is not UTF-8 at byte " + at);
        }
        return JsonSyntax.wrong(
                state == TEXT ? "a control character stands in a string" : "an escape is none of JSON's", at);
    }

    private static byte[] table() {
        var next = new byte[STATES << 8];
        Arrays.fill(next, (byte) WRONG);
        put(next, TEXT, 0x20, 0x7F, TEXT);
        put(next, TEXT, '"', '"', CLOSED);
        put(next, TEXT, '\\', '\\', ESCAPE);
        "\"\\/bfnrt".chars().forEach(escape -> put(next, ESCAPE, escape, escape, TEXT));
        put(next, ESCAPE, 'u', 'u', HEX_4);
        for (int hex = HEX_4; hex <= HEX_1; hex++) {
            int then = hex == HEX_1 ? TEXT : hex + 1;
            put(next, hex, '0', '9', then);
            put(next, hex, 'a', 'f', then);
            put(next, hex, 'A', 'F', then);
        }
        putUtf8(next);
        return next;
    }

    private static void putUtf8(byte[] next) {
        put(next, TEXT, 0xC2, 0xDF, TAIL_1);
        put(next, TEXT, 0xE0, 0xE0, AFTER_E0);
        put(next, TEXT, 0xE1, 0xEC, TAIL_2);
        put(next, TEXT, 0xED, 0xED, AFTER_ED);
        put(next, TEXT, 0xEE, 0xEF, TAIL_2);
        put(next, TEXT, 0xF0, 0xF0, AFTER_F0);
        put(next, TEXT, 0xF1, 0xF3, TAIL_3);
        put(next, TEXT, 0xF4, 0xF4, AFTER_F4);
        put(next, TAIL_1, 0x80, 0xBF, TEXT);
        put(next, TAIL_2, 0x80, 0xBF, TAIL_1);
        put(next, TAIL_3, 0x80, 0xBF, TAIL_2);
        put(next, AFTER_E0, 0xA0, 0xBF, TAIL_1);
        put(next, AFTER_ED, 0x80, 0x9F, TAIL_1);
        put(next, AFTER_F0, 0x90, 0xBF, TAIL_2);
        put(next, AFTER_F4, 0x80, 0x8F, TAIL_2);
    }

    private static void put(byte[] next, int state, int first, int last, int then) {
        for (int b = first; b <= last; b++) {
            next[(state << 8) | b] = (byte) then;
        }
    }
}
