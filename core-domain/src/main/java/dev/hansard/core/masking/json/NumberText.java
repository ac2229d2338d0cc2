// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskedBytes;

/** The digits of a whole number that is written in another way: 4.1E3 and 4100.0 are 4100 to who reads them. */
final class NumberText {
    /** What a detector knows is shorter by far. */
    private static final int MOST_DIGITS = 64;

    private NumberText() {}

    /** Adds a JSON number as digits only; says no where it is not whole, too long, or is written so already. */
    static boolean plain(byte[] number, int from, int to, MaskedBytes digits) {
        boolean point = false;
        int places = 0;
        int at = number[from] == '-' ? from + 1 : from;
        for (; at < to && (number[at] | 0x20) != 'e'; at++) {
            places += point ? 1 : 0;
            if (number[at] == '.') {
                point = true;
            } else if (digits.size() > 0 || number[at] != '0') {
                digits.add(number[at]);
            }
        }
        boolean isPlain = !point && at == to;
        return !isPlain && scale(digits, (at == to ? 0 : exponent(number, at + 1, to)) - places);
    }

    private static boolean scale(MaskedBytes digits, int power) {
        int left = power;
        while (left < 0 && digits.size() > 0 && digits.array()[digits.size() - 1] == '0') {
            digits.cut(digits.size() - 1);
            left++;
        }
        if (left < 0 || digits.size() > MOST_DIGITS || left > MOST_DIGITS - digits.size()) {
            return false;
        }
        for (; left > 0; left--) {
            digits.add('0');
        }
        return true;
    }

    /** As far as it matters: beyond what any content could make up for, its size says nothing more. */
    private static int exponent(byte[] number, int from, int to) {
        boolean negative = number[from] == '-';
        int exponent = 0;
        for (int at = number[from] == '-' || number[from] == '+' ? from + 1 : from; at < to; at++) {
            exponent = Math.min(exponent * 10 + number[at] - '0', Integer.MAX_VALUE / 20);
        }
        return negative ? -exponent : exponent;
    }
}
