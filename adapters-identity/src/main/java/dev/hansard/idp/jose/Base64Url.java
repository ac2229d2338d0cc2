// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url without padding (RFC 7515 section 2), strictly: each sequence of bytes has one spelling and all others are
 * refused. The JDK's decoder takes padding and ignores the bits left over, so that one token had several spellings.
 */
public final class Base64Url {
    private static final byte[] VALUES = values();

    private Base64Url() {}

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int value = 0; value < alphabet.length(); value++) {
            values[alphabet.charAt(value)] = (byte) value;
        }
        return values;
    }

    /** The bytes that a text stands for. */
    public static byte[] decode(String text) throws FlawedTokenException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length);
    }

    static byte[] decode(byte[] text, int from, int to) throws FlawedTokenException {
        int length = to - from;
        int left = length & 3;
        if (left == 1) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
        var bytes = new byte[length * 3 / 4];
        int at = from;
        int put = 0;
        for (; at + 4 <= to; at += 4) {
            int group =
                    value(text[at]) << 18 | value(text[at + 1]) << 12 | value(text[at + 2]) << 6 | value(text[at + 3]);
            bytes[put++] = (byte) (group >> 16);
            bytes[put++] = (byte) (group >> 8);
            bytes[put++] = (byte) group;
        }
        if (left > 0) {
            decodeEnd(text, at, left, bytes, put);
        }
        return bytes;
    }

    private static void decodeEnd(byte[] text, int at, int left, byte[] bytes, int put) throws FlawedTokenException {
        int group = value(text[at]) << 12 | value(text[at + 1]) << 6 | (left == 3 ? value(text[at + 2]) : 0);
        bytes[put] = (byte) (group >> 10);
        if (left == 3) {
            bytes[put + 1] = (byte) (group >> 2);
        }
        int unused = left == 3 ? group & 0x3 : group & 0x3ff;
        if (unused != 0) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
    }

    private static int value(byte letter) throws FlawedTokenException {
        int value = VALUES[letter & 0xff];
        if (value < 0) {
            throw new FlawedTokenException(Flaw.NOT_CANONICAL);
        }
        return value;
    }

    /** The one spelling of the bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
