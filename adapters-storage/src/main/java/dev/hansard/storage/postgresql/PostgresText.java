// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.util.HexFormat;

/**
 * Texts as PostgreSQL can hold them. It takes neither the character NUL nor half a surrogate pair, and what callers
 * send may contain both: one such session must not keep all others from being indexed. So these, and the mark itself,
 * are written as a mark that Unicode promises never to give a meaning (U+FDD0), followed by four hexadecimal digits.
 * Equal texts stay equal.
 */
final class PostgresText {
    private static final char MARK = '\uFDD0';
    private static final int DIGITS = 4;

    private PostgresText() {}

    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text, i)) {
                return encodeFrom(text, i);
            }
        }
        return text;
    }

    private static String encodeFrom(String text, int first) {
        var encoded = new StringBuilder(text.length() + DIGITS).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(text, i)) {
                encoded.append(c);
            } else {
                encoded.append(MARK).append(HexFormat.of().toHexDigits(c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return c != 0 && c != MARK;
    }

    static String decode(String text) {
        int at = text.indexOf(MARK);
        if (at < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            decoded.append(text, from, at);
            decoded.append((char) HexFormat.fromHexDigits(text, at + 1, at + 1 + DIGITS));
            from = at + 1 + DIGITS;
            at = text.indexOf(MARK, from);
        }
        return decoded.append(text, from, text.length()).toString();
    }
}
