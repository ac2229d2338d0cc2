// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

/** UTF-8 by the number of a character, also of one that stands alone for half of another. */
final class Utf8 {
    /** Most octets of a character. */
    static final int MAX = 4;

    private Utf8() {}

    /** Gives the index after the last octet. */
    static int put(int character, byte[] octets, int at) {
        int next = at;
        if (character < 0x80) {
            octets[next++] = (byte) character;
            return next;
        }
        int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
        octets[next++] = (byte) ((0xFF00 >> (more + 1)) | (character >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            octets[next++] = (byte) (0x80 | ((character >> shift) & 0x3F));
        }
        return next;
    }
}
