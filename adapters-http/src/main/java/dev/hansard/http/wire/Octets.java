// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/**
 * The byte classes of RFC 9110 section 5.6 and RFC 9112. Bytes of 0x80 and above are negative here, and belong to
 * no class but obs-text.
 */
final class Octets {
    static final byte HTAB = '\t';
    static final byte LF = '\n';
    static final byte CR = '\r';
    static final byte SP = ' ';
    static final byte DEL = 0x7F;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    // One bit for each ASCII code: two constants are faster to ask than a table and cannot be changed.
    private static final long LOW_TOKENS = tokens(0);
    private static final long HIGH_TOKENS = tokens(64);

    private Octets() {}

    private static long tokens(int from) {
        long bits = 0;
        for (int code = from; code < from + 64; code++) {
            if (isDigit(code) || isLetter(code) || TOKEN_MARKS.indexOf(code) >= 0) {
                bits |= 1L << (code - from);
            }
        }
        return bits;
    }

    /** tchar (RFC 9110 section 5.6.2); any char beyond ASCII is none. */
    static boolean isToken(int octet) {
        return octet >= 0 && octet < 128 && (((octet < 64 ? LOW_TOKENS : HIGH_TOKENS) >>> octet) & 1) != 0;
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    static boolean isLetter(int octet) {
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isBlank(int octet) {
        return octet == SP || octet == HTAB;
    }

    /** What may stand inside a field value or reason phrase: VCHAR, SP, HTAB, obs-text (RFC 9110 section 5.5). */
    static boolean isText(int octet) {
        return (octet >= SP && octet != DEL) || octet < 0 || octet == HTAB;
    }

    /**
     * What may stand in a request target here: anything but controls and white space; the rest is for the core to
     * judge.
     */
    static boolean isTarget(int octet) {
        return (octet > SP && octet != DEL) || octet < 0;
    }

    static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    /** The value of a hexadecimal digit; -1 when it is none. */
    static int hex(int octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Whether the bytes are {@code lowerCase}, ignoring ASCII case. */
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lowerCase) {
        int length = to - from;
        if (length != lowerCase.length()) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (lower(bytes[from + index]) != lowerCase.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} has exactly these bytes as its chars. */
    static boolean isExactly(String text, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length != text.length()) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (text.charAt(index) != (bytes[from + index] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
