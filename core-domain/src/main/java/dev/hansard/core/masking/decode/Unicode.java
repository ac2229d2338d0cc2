// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells the encodings of Unicode apart by their bytes. */
public final class Unicode {
    private static final int UTF8_MARK = 3;
    private static final int SMALLEST_OF_THREE = 0x800;
    private static final int SMALLEST_OF_FOUR = 0x10000;

    private Unicode() {}

    /** How many bytes a byte order mark has; 0 without one. */
    public static int markLength(byte[] bytes, int from, int to) {
        int b0 = at(bytes, from, to);
        int b1 = at(bytes, from + 1, to);
        int b2 = at(bytes, from + 2, to);
        int b3 = at(bytes, from + 3, to);
        if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
            return UTF8_MARK;
        }
        if ((b0 == 0xFF && b1 == 0xFE && b2 == 0 && b3 == 0) || (b0 == 0 && b1 == 0 && b2 == 0xFE && b3 == 0xFF)) {
            return 4;
        }
        return (b0 == 0xFF && b1 == 0xFE) || (b0 == 0xFE && b1 == 0xFF) ? 2 : 0;
    }

    /** UTF-16 or UTF-32, by mark or by the NUL bytes around a first letter of ASCII; null for neither. */
    static @Nullable Charset wideCharset(byte[] bytes, int from, int to) {
        int b0 = at(bytes, from, to);
        int b1 = at(bytes, from + 1, to);
        int b2 = at(bytes, from + 2, to);
        int b3 = at(bytes, from + 3, to);
        int mark = markLength(bytes, from, to);
        if (mark == 4) {
            return b0 == 0 ? StandardCharsets.UTF_32BE : StandardCharsets.UTF_32LE;
        }
        if (mark == 2) {
            return b0 == 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        if (b0 == 0 && b1 == 0 && b2 == 0 && b3 > 0) {
            return StandardCharsets.UTF_32BE;
        }
        if (b0 > 0 && b1 == 0) {
            return b2 == 0 && b3 == 0 ? StandardCharsets.UTF_32LE : StandardCharsets.UTF_16LE;
        }
        return b0 == 0 && b1 > 0 ? StandardCharsets.UTF_16BE : null;
    }

    /** Whether the bytes are UTF-8 to the letter: nothing overlong, no surrogates, nothing beyond Unicode. */
    public static boolean isUtf8(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(bytes[i]);
            if (length == 0 || to - i < length || !isSequence(bytes, i, length)) {
                return false;
            }
            i += length;
        }
        return true;
    }

    private static int sequenceLength(byte lead) {
        int b = lead & 0xFF;
        if (b < 0xC2 || b > 0xF4) {
            return 0;
        }
        return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    }

    private static boolean isSequence(byte[] bytes, int at, int length) {
        int point = bytes[at] & (0x7F >> length);
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
            point = point << 6 | (bytes[i] & 0x3F);
        }
        return switch (length) {
            case 3 ->
                point >= SMALLEST_OF_THREE && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
            case 4 -> point >= SMALLEST_OF_FOUR && point <= Character.MAX_CODE_POINT;
            default -> true;
        };
    }

    private static int at(byte[] bytes, int index, int to) {
        return index < to ? bytes[index] & 0xFF : -1;
    }
}
