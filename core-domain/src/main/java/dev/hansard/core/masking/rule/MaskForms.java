// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/**
 * Recognises what {@link Replacer} leaves in the place of a value, whatever rule and key it was made by: nothing,
 * {@code ***}, {@code ***1234}, {@code [card]} and {@code [t:KEY:DIGEST]}.
 */
final class MaskForms {
    private static final int STARS = 3;
    private static final int LONGEST_LABEL = 32;
    private static final String TOKEN_START = "[t:";
    private static final int KEY_DIGITS = 8;
    private static final int TOKEN_DIGITS = 22;

    private MaskForms() {}

    static boolean isMask(byte[] value, int from, int to) {
        if (from == to) {
            return true;
        }
        return value[from] == '[' ? isBracketed(value, from, to) : isStars(value, from, to);
    }

    private static boolean isStars(byte[] value, int from, int to) {
        if (to - from < STARS || to - from > STARS + MaskAction.KeepLast.MAX) {
            return false;
        }
        for (int i = from; i < to; i++) {
            boolean fits = i - from < STARS ? value[i] == '*' : isLowerOrDigit(value[i]) || isUpper(value[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBracketed(byte[] value, int from, int to) {
        if (to - from < 3 || value[to - 1] != ']') {
            return false;
        }
        return isToken(value, from, to) || isLabel(value, from + 1, to - 1);
    }

    private static boolean isLabel(byte[] value, int from, int to) {
        boolean fits = to - from <= LONGEST_LABEL;
        for (int i = from; i < to && fits; i++) {
            fits = isLowerOrDigit(value[i]) || value[i] == '-';
        }
        return fits;
    }

    private static boolean isToken(byte[] value, int from, int to) {
        int digest = from + TOKEN_START.length() + KEY_DIGITS + 1;
        if (to != digest + TOKEN_DIGITS + 1 || value[digest - 1] != ':') {
            return false;
        }
        boolean fits = true;
        for (int i = from; i < to - 1 && fits; i++) {
            int at = i - from;
            if (at < TOKEN_START.length()) {
                fits = value[i] == TOKEN_START.charAt(at);
            } else if (i < digest - 1) {
                fits = isLowerOrDigit(value[i]);
            } else if (i >= digest) {
                fits = isLowerOrDigit(value[i]) || isUpper(value[i]) || value[i] == '-' || value[i] == '_';
            }
        }
        return fits;
    }

    private static boolean isLowerOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
