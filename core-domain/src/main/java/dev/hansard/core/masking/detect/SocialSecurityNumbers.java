// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.DIGIT;
import static dev.hansard.core.masking.detect.Alphabet.WORD;

/**
 * US social security numbers with hyphens or spaces, of areas, groups and serials that are issued. Nine digits alone
 * could be anything, and a dot makes versions.
 */
final class SocialSecurityNumbers {
    private SocialSecurityNumbers() {}

    /** The end of the number that starts with the three digits at {@code start}; -1 for none. */
    static int end(byte[] bytes, int start, int from, int to) {
        int gap = Alphabet.separator(bytes, start + 3, to);
        int group = start + 3 + gap;
        int serial = group + 2 + gap;
        int end = serial + 4;
        if (gap == 0
                || end > to
                || bytes[start + 3] == '.'
                || bytes[group + 2] != bytes[start + 3]
                || Alphabet.separator(bytes, group + 2, to) != gap
                || !areDigits(bytes, group, group + 2)
                || !areDigits(bytes, serial, end)) {
            return -1;
        }
        int area = number(bytes, start, start + 3);
        boolean isIssued = area > 0
                && area < 900
                && area != 666
                && number(bytes, group, group + 2) > 0
                && number(bytes, serial, end) > 0;
        return isIssued && standsAlone(bytes, start, end, from, to) ? end : -1;
    }

    /** Not a part of a longer number or word. */
    private static boolean standsAlone(byte[] bytes, int start, int end, int from, int to) {
        boolean opens = !Alphabet.follows(bytes, start, from, WORD)
                && !(start > from && bytes[start - 1] == '-' && Alphabet.follows(bytes, start - 1, from, WORD));
        boolean closes = !Alphabet.stands(bytes, end, to, WORD)
                && !(end < to && bytes[end] == '-' && Alphabet.stands(bytes, end + 1, to, WORD));
        return opens && closes;
    }

    private static boolean areDigits(byte[] bytes, int from, int to) {
        return Alphabet.end(bytes, from, to, DIGIT) == to;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
