// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.ALNUM;
import static dev.hansard.core.masking.detect.Alphabet.BASE64;
import static dev.hansard.core.masking.detect.Alphabet.BASE64URL;
import static dev.hansard.core.masking.detect.Alphabet.TOKEN68;

/** JSON web tokens (RFC 7519), and what follows {@code Bearer} (RFC 6750) and {@code Basic} (RFC 7617) in a text. */
final class HttpCredentials {
    private static final String BEARER = "bearer";
    private static final String BASIC = "basic";

    /** The head of a token is at least <code>{"alg":""}</code>. */
    private static final int SHORTEST_HEAD = 14;

    private static final int SHORTEST_BEARER = 8;

    /**
     * A bearer's token of lower-case letters alone is a word of a sentence when it is shorter than this, and the name
     * of a parameter when {@code =} follows.
     */
    private static final int LONGEST_WORD = 32;

    /** How many spaces may stand between a scheme and what follows. */
    private static final int MAX_SPACES = 8;

    /** How many characters of basic credentials are decoded to see whether they are some. */
    private static final int LOOKED_AT = 512;

    private HttpCredentials() {}

    /** The end of the token that starts with {@code eyJ} at {@code start}; -1 for none. */
    static int endOfJwt(byte[] bytes, int start, int from, int to) {
        if (Alphabet.follows(bytes, start, from, BASE64URL)) {
            return -1;
        }
        int head = Alphabet.end(bytes, start, to, BASE64URL);
        if (head - start < SHORTEST_HEAD || !isDot(bytes, head, to) || !endsWithBrace(bytes, start, head)) {
            return -1;
        }
        int second = Alphabet.end(bytes, head + 1, to, BASE64URL);
        if (!isDot(bytes, second, to)) {
            return -1;
        }
        int third = Alphabet.end(bytes, second + 1, to, BASE64URL);
        if (third == head + 2) {
            return -1;
        }
        return isDot(bytes, third, to) ? endOfJwe(bytes, third, to) : third;
    }

    /** An encrypted token (RFC 7516) has two more parts. */
    private static int endOfJwe(byte[] bytes, int third, int to) {
        int fourth = Alphabet.end(bytes, third + 1, to, BASE64URL);
        int fifth = isDot(bytes, fourth, to) ? Alphabet.end(bytes, fourth + 1, to, BASE64URL) : fourth;
        return fourth > third + 1 && fifth > fourth + 1 ? fifth : third;
    }

    private static boolean isDot(byte[] bytes, int at, int to) {
        return at < to && bytes[at] == '.';
    }

    /** Whether the last byte that base64url stands for is the <code>}</code> of a JSON object. */
    private static boolean endsWithBrace(byte[] bytes, int from, int to) {
        int last = sextet(bytes[to - 1]);
        int before = sextet(bytes[to - 2]);
        int octet = switch ((to - from) & 3) {
            case 0 -> before << 6 | last;
            case 2 -> before << 2 | last >> 4;
            case 3 -> before << 4 | last >> 2;
            default -> 0;
        };
        return (octet & 0xFF) == '}';
    }

    /** Where the token begins that belongs to the {@code Bearer} at {@code at}; -1 for nowhere. */
    static int startOfBearer(byte[] bytes, int at, int from, int to) {
        return startAfter(BEARER, bytes, at, from, to);
    }

    /** The end of the token at {@code start}; -1 when it is a word of a sentence, or a parameter of a challenge. */
    static int endOfBearer(byte[] bytes, int start, int to) {
        int end = Alphabet.end(bytes, start, to, TOKEN68);
        // A dot or hyphen at the end is of the sentence.
        while (end > start && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
            end--;
        }
        int padded = endOfPadding(bytes, end, to);
        boolean isWord = isWord(bytes, start, end) && (end - start < LONGEST_WORD || padded > end);
        return end - start >= SHORTEST_BEARER && !isWord ? padded : -1;
    }

    private static boolean isWord(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            byte b = bytes[i];
            if ((b < 'a' || b > 'z') && b != '-' && b != '.' && b != '/' && b != '_') {
                return false;
            }
        }
        return true;
    }

    /** Where the credentials begin that belong to the {@code Basic} at {@code at}; -1 for nowhere. */
    static int startOfBasic(byte[] bytes, int at, int from, int to) {
        return startAfter(BASIC, bytes, at, from, to);
    }

    /** The end of base64 at {@code start} that stands for a name, a colon and a password; -1 for anything else. */
    static int endOfBasic(byte[] bytes, int start, int to) {
        int end = Alphabet.end(bytes, start, to, BASE64 | BASE64URL);
        boolean hasColon = false;
        int bits = 0;
        int held = 0;
        for (int i = start; i < Math.min(end, start + LOOKED_AT); i++) {
            int sextet = sextet(bytes[i]);
            bits = (bits << 6) | sextet;
            held += 6;
            if (held >= 8) {
                held -= 8;
                int octet = (bits >> held) & 0xFF;
                if (octet < ' ' || octet == 0x7F) {
                    return -1;
                }
                hasColon |= octet == ':';
            }
        }
        return hasColon ? endOfPadding(bytes, end, to) : -1;
    }

    private static int endOfPadding(byte[] bytes, int at, int to) {
        int end = at;
        while (end < to && end < at + 2 && bytes[end] == '=') {
            end++;
        }
        return end;
    }

    private static int startAfter(String scheme, byte[] bytes, int at, int from, int to) {
        int gap = at + scheme.length();
        if (!Alphabet.standsInAnyCase(bytes, at, from, to, scheme) || Alphabet.follows(bytes, at, from, ALNUM)) {
            return -1;
        }
        int start = gap;
        while (start < to && start - gap < MAX_SPACES && (bytes[start] == ' ' || bytes[start] == '\t')) {
            start++;
        }
        return start > gap && Alphabet.stands(bytes, start, to, TOKEN68) ? start : -1;
    }

    /** The six bits that a character of either base64 alphabet stands for; -1 for none. */
    private static int sextet(byte b) {
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= 'a' && b <= 'z') {
            return b - 'a' + 26;
        }
        if (b >= '0' && b <= '9') {
            return b - '0' + 52;
        }
        return switch (b) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> -1;
        };
    }
}
