// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.ALNUM;
import static dev.hansard.core.masking.detect.Alphabet.DOMAIN;
import static dev.hansard.core.masking.detect.Alphabet.LETTER;
import static dev.hansard.core.masking.detect.Alphabet.LOCAL;

/**
 * E-mail addresses as they are used (RFC 5321, RFC 6531): no quotes, comments or address literals, and a domain with a
 * dot whose last label is no number.
 */
final class Emails {
    /** RFC 5321 section 4.5.3.1.1 says 64, but senders that encode the addressee in theirs do not keep to it. */
    static final int MAX_LOCAL = 128;

    /** RFC 5321 section 4.5.3.1.2. */
    private static final int MAX_DOMAIN = 255;

    private Emails() {}

    /** Where the address begins whose {@code @} is at {@code at}; -1 for nowhere. */
    static int start(byte[] bytes, int at, int from) {
        int limit = Math.max(from, at - MAX_LOCAL - 1);
        int start = at;
        while (start > limit && Alphabet.is(bytes[start - 1], LOCAL) && !endsPunctuation(bytes, start, from)) {
            start--;
        }
        if (at - start > MAX_LOCAL || start == at || bytes[at - 1] == '.') {
            return -1;
        }
        // Quotes, dots and signs in front are of the sentence and not of the address.
        while (start < at && bytes[start] >= 0 && bytes[start] != '_' && !Alphabet.is(bytes[start], ALNUM)) {
            start++;
        }
        return start == at ? -1 : start;
    }

    /** Whether a space or mark of the blocks U+00A0, U+2000 to U+203F or U+3000 to U+303F ends before {@code end}. */
    private static boolean endsPunctuation(byte[] bytes, int end, int from) {
        int lead = end - 3;
        return (end - 2 >= from && bytes[end - 2] == (byte) 0xC2 && bytes[end - 1] == (byte) 0xA0)
                || (lead >= from && bytes[lead] == (byte) 0xE2 && bytes[lead + 1] == (byte) 0x80)
                || (lead >= from && bytes[lead] == (byte) 0xE3 && bytes[lead + 1] == (byte) 0x80);
    }

    /** Where the address ends whose {@code @} is at {@code at}; -1 for nowhere. */
    static int end(byte[] bytes, int at, int to) {
        if (at + 1 == to || (bytes[at + 1] >= 0 && !Alphabet.is(bytes[at + 1], ALNUM))) {
            return -1;
        }
        int limit = Math.min(to, at + 1 + MAX_DOMAIN);
        int dot = -1;
        int end = at + 1;
        while (end < limit && Alphabet.is(bytes[end], DOMAIN) && !startsPunctuation(bytes, end, to)) {
            if (bytes[end] == '.') {
                if (bytes[end - 1] == '.') {
                    break;
                }
                dot = end;
            }
            end++;
        }
        while (end > at + 1 && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
            end--;
        }
        dot = dot >= end ? lastDot(bytes, at, end) : dot;
        return dot > 0 && isTopLevel(bytes, dot + 1, end) && !isScaledImage(bytes, at, dot) ? end : -1;
    }

    private static boolean startsPunctuation(byte[] bytes, int at, int to) {
        return at + 1 < to
                && ((bytes[at] == (byte) 0xC2 && bytes[at + 1] == (byte) 0xA0)
                        || ((bytes[at] == (byte) 0xE2 || bytes[at] == (byte) 0xE3) && bytes[at + 1] == (byte) 0x80));
    }

    private static int lastDot(byte[] bytes, int at, int end) {
        int dot = end - 1;
        while (dot > at && bytes[dot] != '.') {
            dot--;
        }
        return dot == at ? -1 : dot;
    }

    private static boolean isTopLevel(byte[] bytes, int from, int to) {
        if (Alphabet.standsInAnyCase(bytes, from, from, to, "xn--")) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && !Alphabet.is(bytes[i], LETTER)) {
                return false;
            }
        }
        return to - from >= 2;
    }

    /** {@code logo@2x.png} is a picture for a screen with twice the pixels. */
    private static boolean isScaledImage(byte[] bytes, int at, int dot) {
        return dot == at + 3 && bytes[at + 1] >= '1' && bytes[at + 1] <= '9' && bytes[at + 2] == 'x';
    }
}
