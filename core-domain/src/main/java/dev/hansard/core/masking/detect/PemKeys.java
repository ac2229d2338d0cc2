// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

/**
 * Private keys in the textual encoding of RFC 7468, and of PGP, from {@code BEGIN} to {@code END}, or to the end of
 * the text where that is missing. Belongs to one scan at a time: it remembers where the next {@code END} is, so that
 * a text of many beginnings is still read once.
 */
final class PemKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String LABEL = "PRIVATE KEY";

    /** Longest label that is read; {@code ENCRYPTED PRIVATE KEY} has 21. */
    private static final int MAX_LABEL = 64;

    private int searchedFrom = -1;
    private int found;

    /** For another text. */
    void begin() {
        searchedFrom = -1;
    }

    /** The end of the key that begins at {@code start}; -1 for none. */
    int end(byte[] bytes, int start, int to) {
        if (!Alphabet.stands(bytes, start, start, to, BEGIN)) {
            return -1;
        }
        int head = endOfLine(bytes, start + BEGIN.length(), to);
        if (head < 0) {
            return -1;
        }
        if (searchedFrom < 0 || head > found) {
            searchedFrom = head;
            found = search(bytes, head, to);
        }
        return found;
    }

    private static int search(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '-' && Alphabet.stands(bytes, at, from, to, END)) {
                int end = endOfLine(bytes, at + END.length(), to);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return to;
    }

    /** The end of the dashes after a label that names a private key; -1 when there is none. */
    private static int endOfLine(byte[] bytes, int label, int to) {
        int end = label;
        while (end < to && end - label < MAX_LABEL && bytes[end] != '-' && bytes[end] >= ' ') {
            end++;
        }
        if (!Alphabet.stands(bytes, end, label, to, DASHES)) {
            return -1;
        }
        for (int at = label; at <= end - LABEL.length(); at++) {
            if (Alphabet.stands(bytes, at, label, end, LABEL)) {
                return end + DASHES.length();
            }
        }
        return -1;
    }
}
