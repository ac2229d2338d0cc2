// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

/** Which bytes may stand in which part of a value. Sets are bits, so that one look at a table answers for all. */
final class Alphabet {
    static final int DIGIT = 1;
    static final int LETTER = 1 << 1;
    static final int ALNUM = DIGIT | LETTER;
    /** Letters, digits and {@code _}: what stands beside them in a word. */
    static final int WORD = 1 << 2;
    /** base64url (RFC 4648 section 5), which is also what words with hyphens are made of. */
    static final int BASE64URL = 1 << 3;
    /** {@code token68} of RFC 9110 section 11.2, without the {@code =} at its end. */
    static final int TOKEN68 = 1 << 4;
    /** base64 (RFC 4648 section 4) without padding. */
    static final int BASE64 = 1 << 5;
    /** The local part of an e-mail address as it is used; bytes above 127 are those of RFC 6531. */
    static final int LOCAL = 1 << 6;
    /** A label of a domain and the dots between. */
    static final int DOMAIN = 1 << 7;

    static final int HEX_LETTER = 1 << 8;

    private static final short[] SETS = sets();

    private Alphabet() {}

    private static short[] sets() {
        var sets = new short[256];
        mark(sets, "0123456789", DIGIT | WORD | BASE64URL | TOKEN68 | BASE64 | LOCAL | DOMAIN);
        for (char c = 'a'; c <= 'z'; c++) {
            String both = "" + c + (char) (c - 32);
            mark(sets, both, LETTER | WORD | BASE64URL | TOKEN68 | BASE64 | LOCAL | DOMAIN);
            mark(sets, both, c <= 'f' ? HEX_LETTER : 0);
        }
        mark(sets, "_", WORD);
        mark(sets, "-_", BASE64URL);
        mark(sets, "-._~+/", TOKEN68);
        mark(sets, "+/", BASE64);
        mark(sets, "._%+-'&", LOCAL);
        mark(sets, ".-", DOMAIN);
        for (int b = 0x80; b < 0x100; b++) {
            sets[b] |= LOCAL | DOMAIN;
        }
        return sets;
    }

    private static void mark(short[] sets, String characters, int set) {
        for (int i = 0; i < characters.length(); i++) {
            sets[characters.charAt(i)] |= (short) set;
        }
    }

    static boolean is(byte b, int set) {
        return (SETS[b & 0xFF] & set) != 0;
    }

    /** Whether a byte of the set stands right before {@code at}. */
    static boolean follows(byte[] bytes, int at, int from, int set) {
        return at > from && is(bytes[at - 1], set);
    }

    /** Whether a byte of the set stands at {@code at}. */
    static boolean stands(byte[] bytes, int at, int to, int set) {
        return at < to && is(bytes[at], set);
    }

    /** Where the bytes of a set end that begin at {@code at}. */
    static int end(byte[] bytes, int at, int to, int set) {
        int end = at;
        while (end < to && is(bytes[end], set)) {
            end++;
        }
        return end;
    }

    /** Where the bytes of a set begin that end before {@code at}. */
    static int start(byte[] bytes, int at, int from, int set) {
        int start = at;
        while (start > from && is(bytes[start - 1], set)) {
            start--;
        }
        return start;
    }

    /** Whether the ASCII text stands at {@code at}, wholly between the limits. */
    static boolean stands(byte[] bytes, int at, int from, int to, String text) {
        if (at < from || to - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #stands(byte[], int, int, int, String)} for a text in lower case, whatever the case of the bytes. */
    static boolean standsInAnyCase(byte[] bytes, int at, int from, int to, String text) {
        if (at < from || to - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int b = bytes[at + i];
            if ((is((byte) b, LETTER) ? b | 0x20 : b) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean hasDigit(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (is(bytes[i], DIGIT)) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many bytes the separator at {@code at} has that groups of digits are written with: a space, a hyphen, a dot
     * or a no-break space (two bytes in UTF-8); 0 for none.
     */
    static int separator(byte[] bytes, int at, int to) {
        if (at >= to) {
            return 0;
        }
        return switch (bytes[at]) {
            case ' ', '-', '.' -> 1;
            case (byte) 0xC2 -> at + 1 < to && bytes[at + 1] == (byte) 0xA0 ? 2 : 0;
            default -> 0;
        };
    }
}
