// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskedBytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Between the inside of a JSON string and the text it stands for, in UTF-8. A lone surrogate, which RFC 8259 allows and
 * UTF-8 cannot hold, stands for U+FFFD.
 */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonText() {}

    /** Adds the text of what lies between two quotes; an escape that is cut off at the end is left out. */
    static void unescape(byte[] raw, int from, int to, MaskedBytes text) {
        int at = from;
        while (at < to) {
            int plain = at;
            while (plain < to && raw[plain] != '\\') {
                plain++;
            }
            text.add(raw, at, plain - at);
            at = plain;
            if (at < to) {
                int length = rawLength(raw, at, to);
                if (at + length > to) {
                    return;
                }
                addUtf8(codePoint(raw, at, length), text);
                at += length;
            }
        }
    }

    /** The bytes of the character or escape at an index; of a character beyond ASCII those of one byte. */
    static int rawLength(byte[] raw, int at, int end) {
        if (raw[at] != '\\') {
            return 1;
        }
        if (at + 1 < end && raw[at + 1] != 'u') {
            return 2;
        }
        boolean pair = at + 12 <= end
                && isSurrogate(raw, at, 0xD800)
                && raw[at + 6] == '\\'
                && raw[at + 7] == 'u'
                && isSurrogate(raw, at + 6, 0xDC00);
        return pair ? 12 : 6;
    }

    /** The bytes of text that {@code length} raw bytes stand for. */
    static int textLength(byte[] raw, int at, int length) {
        if (length < 6) {
            return 1;
        }
        int point = codePoint(raw, at, length);
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    /** Adds text as it stands between two quotes, with no more escapes than needed. */
    static void escape(byte[] text, int from, int to, MaskedBytes raw) {
        int copied = from;
        for (int at = from; at < to; at++) {
            byte b = text[at];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                raw.add(text, copied, at - copied);
                copied = at + 1;
                addEscape(b, raw);
            }
        }
        raw.add(text, copied, to - copied);
    }

    private static void addEscape(byte b, MaskedBytes raw) {
        int known = "\"\\\b\f\n\r\t".indexOf(b);
        raw.add('\\');
        if (known >= 0) {
            raw.add("\"\\bfnrt".charAt(known));
        } else {
            raw.add('u');
            raw.add('0');
            raw.add('0');
            raw.add(HEX[b >> 4]);
            raw.add(HEX[b & 0xF]);
        }
    }

    private static int codePoint(byte[] raw, int at, int length) {
        if (length == 2) {
            int known = "bfnrt".indexOf(raw[at + 1]);
            return known < 0 ? raw[at + 1] : "\b\f\n\r\t".charAt(known);
        }
        char first = unit(raw, at);
        if (length == 12) {
            return Character.toCodePoint(first, unit(raw, at + 6));
        }
        return Character.isSurrogate(first) ? 0xFFFD : first;
    }

    private static boolean isSurrogate(byte[] raw, int at, int kind) {
        return (unit(raw, at) & 0xFC00) == kind;
    }

    private static char unit(byte[] raw, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = (unit << 4) | HexFormat.fromHexDigit(raw[i]);
        }
        return (char) unit;
    }

    private static void addUtf8(int point, MaskedBytes text) {
        if (point < 0x80) {
            text.add(point);
        } else if (point < 0x800) {
            text.add(0xC0 | (point >> 6));
            text.add(0x80 | (point & 0x3F));
        } else {
            if (point < 0x10000) {
                text.add(0xE0 | (point >> 12));
            } else {
                text.add(0xF0 | (point >> 18));
                text.add(0x80 | ((point >> 12) & 0x3F));
            }
            text.add(0x80 | ((point >> 6) & 0x3F));
            text.add(0x80 | (point & 0x3F));
        }
    }
}
