// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.ALNUM;
import static dev.hansard.core.masking.detect.Alphabet.LETTER;

/**
 * International bank account numbers (ISO 13616) of the length that their country has registered, in one piece or in
 * groups of four, in either case, whose remainder by 97 is 1.
 */
final class Ibans {
    /** Release 100 of the registry that SWIFT keeps for ISO. */
    private static final String LENGTHS = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 "
            + "CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 "
            + "HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
            + "MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 "
            + "SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final byte[] LENGTH_OF = lengths();

    private Ibans() {}

    private static byte[] lengths() {
        var lengths = new byte[26 * 26];
        for (int at = 0; at < LENGTHS.length(); at += 5) {
            int country = (LENGTHS.charAt(at) - 'A') * 26 + LENGTHS.charAt(at + 1) - 'A';
            lengths[country] = Byte.parseByte(LENGTHS.substring(at + 2, at + 4));
        }
        return lengths;
    }

    /** The end of the number whose country stands at {@code start}; -1 for none. */
    static int end(byte[] bytes, int start, int from, int to) {
        if (start < from
                || !Alphabet.is(bytes[start], LETTER)
                || !Alphabet.is(bytes[start + 1], LETTER)
                || Alphabet.follows(bytes, start, from, ALNUM)) {
            return -1;
        }
        int length = LENGTH_OF[((bytes[start] | 0x20) - 'a') * 26 + (bytes[start + 1] | 0x20) - 'a'];
        if (length == 0) {
            return -1;
        }
        int gap = Alphabet.separator(bytes, start + 4, to);
        int rest = 0;
        int head = 0;
        int at = start;
        for (int i = 0; i < length; i++, at++) {
            if (i > 0 && i % 4 == 0 && gap > 0) {
                if (Alphabet.separator(bytes, at, to) != gap) {
                    return -1;
                }
                at += gap;
            }
            if (at >= to || !Alphabet.is(bytes[at], ALNUM)) {
                return -1;
            }
            if (i < 4) {
                head = appended(head, bytes[at]);
            } else {
                rest = appended(rest, bytes[at]);
            }
        }
        // The first four stand last in the number that is divided: two letters and two digits are six digits.
        boolean isRight = (rest * (1_000_000 % 97) + head) % 97 == 1;
        return isRight && !Alphabet.stands(bytes, at, to, ALNUM) ? at : -1;
    }

    private static int appended(int remainder, byte b) {
        return b <= '9' ? (remainder * 10 + b - '0') % 97 : (remainder * 100 + (b | 0x20) - 'a' + 10) % 97;
    }
}
