// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Textual IPv6 addresses, read as in RFC 4291 section 2.2 and printed as in RFC 5952: one has one spelling. */
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final int MAX_LENGTH = 45;

    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = -1;

    private Ipv6Text() {}

    /** The one spelling of the address; null when {@code text} is no address. */
    static @Nullable String canonical(String text) {
        var address = new Ipv6Text();
        return text.length() <= MAX_LENGTH && address.read(text) ? address.print() : null;
    }

    /** Whether the characters are four numbers of 0 to 255 without leading zeros, joined by dots. */
    static boolean isDottedDecimal(String text, int from, int to) {
        return dotted(text, from, to) >= 0;
    }

    private static long dotted(String text, int from, int to) {
        long address = 0;
        int parts = 0;
        int at = from;
        while (at <= to) {
            int dot = text.indexOf('.', at);
            int end = dot < 0 || dot > to ? to : dot;
            int part = decimalByte(text, at, end);
            if (part < 0 || ++parts > 4) {
                return -1;
            }
            address = address << 8 | part;
            at = end + 1;
        }
        return parts == 4 ? address : -1;
    }

    private static int decimalByte(String text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= 255 ? value : -1;
    }

    private boolean read(String text) {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (!group(text, at, end, colon < 0)) {
                return false;
            }
            if (colon < 0) {
                break;
            }
            at = colon + 1;
            if (at == text.length()) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        // "::" stands for one group of zeros or more (RFC 5952 section 4.2.2 shuns one, RFC 4291 allows it).
        return gap < 0 ? count == GROUPS : count < GROUPS;
    }

    private boolean group(String text, int from, int to, boolean last) {
        if (last && text.indexOf('.', from) >= 0) {
            long v4 = dotted(text, from, to);
            return v4 >= 0 && add((int) (v4 >>> 16)) && add((int) (v4 & 0xFFFF));
        }
        if (to == from || to - from > 4) {
            return false;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return false;
            }
            value = value << 4 | digit;
        }
        return add(value);
    }

    private boolean add(int value) {
        if (count == GROUPS) {
            return false;
        }
        groups[count++] = value;
        return true;
    }

    private String print() {
        if (gap >= 0) {
            int moved = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - moved, moved);
            Arrays.fill(groups, gap, GROUPS - moved, 0);
        }
        int zeros = longestZeros();
        int zerosEnd = zeros < 0 ? -1 : endOfZeros(zeros);
        var text = new StringBuilder(MAX_LENGTH);
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeros) {
                text.append("::");
                i = zerosEnd - 1;
                continue;
            }
            if (i > 0 && i != zerosEnd) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Start of the first longest run of at least two zero groups; -1 when there is none. */
    private int longestZeros() {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = endOfZeros(i) - i;
            if (run > length) {
                best = i;
                length = run;
            }
        }
        return best;
    }

    private int endOfZeros(int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at;
    }
}
