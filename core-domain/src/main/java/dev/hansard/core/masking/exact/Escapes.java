// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One way of escaping characters. Immutable. */
sealed interface Escapes {
    /** The answer to something that could still become an escape. */
    int OPEN = -1;

    /** The answer to something that is none. */
    int NONE = -2;

    /** Longest escape. */
    int MAX = 10;

    /** With what each escape starts. */
    byte start();

    /**
     * What an escape stands for.
     *
     * @param escape what starts with {@link #start}; all but its last byte has been asked about before, and was open
     */
    int read(byte[] escape, int length);

    /** The value of a digit; -1 for what is none. */
    private static int digit(byte b, int radix) {
        return b < 0 ? -1 : Character.digit((char) b, radix);
    }

    /** {@code %2F} (RFC 3986 section 2.1): an octet, and not a character. */
    record Percent() implements Escapes {
        @Override
        public byte start() {
            return '%';
        }

        @Override
        public int read(byte[] escape, int length) {
            int last = digit(escape[length - 1], 16);
            if (length == 1) {
                return OPEN;
            }
            if (last < 0) {
                return NONE;
            }
            return length == 2 ? OPEN : digit(escape[1], 16) << 4 | last;
        }
    }

    /** {@code \n}, {@code \}{@code u002f} (RFC 8259 section 7); halves of a surrogate pair one by one. */
    record Json() implements Escapes {
        private static final String LETTERS = "\"\\/bfnrt";
        private static final String MEANINGS = "\"\\/\b\f\n\r\t";

        @Override
        public byte start() {
            return '\\';
        }

        @Override
        public int read(byte[] escape, int length) {
            if (length == 1 || (length == 2 && escape[1] == 'u')) {
                return OPEN;
            }
            if (length == 2) {
                int letter = escape[1] < 0 ? -1 : LETTERS.indexOf(escape[1]);
                return letter < 0 ? NONE : MEANINGS.charAt(letter);
            }
            if (digit(escape[length - 1], 16) < 0) {
                return NONE;
            }
            int number = 0;
            for (int i = 2; i < length; i++) {
                number = number << 4 | digit(escape[i], 16);
            }
            return length < 6 ? OPEN : number;
        }
    }

    /** Character references of HTML: the names that escapers write, and all numbers, decimal or hexadecimal. */
    record Html() implements Escapes {
        private static final Map<String, Integer> NAMES =
                Map.of("amp", (int) '&', "lt", (int) '<', "gt", (int) '>', "quot", (int) '"', "apos", (int) '\'');

        @Override
        public byte start() {
            return '&';
        }

        @Override
        public int read(byte[] escape, int length) {
            byte last = escape[length - 1];
            if (length > 1 && last == ';') {
                return escape[1] == '#' ? number(escape, length - 1) : name(escape, length - 1);
            }
            boolean goesOn = length == 1 || last == '#' || (last >= 0 && Character.isLetterOrDigit(last));
            return goesOn && length < MAX ? OPEN : NONE;
        }

        private static int name(byte[] escape, int end) {
            return NAMES.getOrDefault(new String(escape, 1, end - 1, StandardCharsets.ISO_8859_1), NONE);
        }

        private static int number(byte[] escape, int end) {
            boolean isHex = end > 2 && (escape[2] | 0x20) == 'x';
            int number = 0;
            int first = isHex ? 3 : 2;
            for (int i = first; i < end; i++) {
                int digit = digit(escape[i], isHex ? 16 : 10);
                if (digit < 0) {
                    return NONE;
                }
                number = number * (isHex ? 16 : 10) + digit;
            }
            return end > first && number <= Character.MAX_CODE_POINT ? number : NONE;
        }
    }
}
