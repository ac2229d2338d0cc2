// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1) of all but what is unreserved, and the way back. */
public final class Percent {
    private static final String DIGITS = "0123456789ABCDEF";

    private Percent() {}

    public static String encoded(String text) {
        return encoded(text, "");
    }

    /** The same, but that the characters of {@code kept} stand for themselves. */
    static String encoded(String text, String kept) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isUnreserved(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    /** What stands between two separators of a query, as forms are read: {@code +} is a space. */
    public static String decoded(String text, boolean isForm) {
        var octets = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                octets[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                octets[size++] = (byte) (c == '+' && isForm ? ' ' : c);
            }
        }
        return new String(octets, 0, size, StandardCharsets.UTF_8);
    }
}
