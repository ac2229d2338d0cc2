// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.DIGIT;
import static dev.hansard.core.masking.detect.Alphabet.HEX_LETTER;
import static dev.hansard.core.masking.detect.Alphabet.LETTER;

/**
 * Numbers of payment cards (ISO/IEC 7812): 13 to 19 digits that a brand issues, whose last is the check digit of Luhn.
 *
 * <p>One in ten of all numbers passes Luhn, so that the rest must be plausible as well. A number is written in one
 * piece, or in groups as cards show them: all of one size with a shorter last, or of four to six and a shorter last.
 * It starts and ends where a group does; so it is found among other numbers. Inside a longer group it is found when
 * what stands beside it is what stands beside cards: zeros that fill a field, the length that ISO 8583 puts before, or
 * the expiry that follows on a magnetic stripe. Digits of a hexadecimal word, of a fraction and of a telephone number
 * with {@code +} are none.
 */
final class Cards {
    static final int MIN = 13;
    static final int MAX = 19;

    /** Longest group of digits that may be a number of any kind: that of 64 bits. */
    private static final int LONGEST_NUMBER = 19;

    /** Widest group where not all are of one size: 4-6-5 is how American Express writes its numbers. */
    private static final int WIDEST = 6;

    /** How many letters beside a number are looked at to see whether it is part of a hexadecimal word. */
    private static final int MAX_LETTERS = 32;

    private Cards() {}

    /** The end of the longest number that starts with the group of digits at {@code start}; -1 for none. */
    static int end(byte[] bytes, int start, int groupEnd, int from, int to, Digits digits) {
        int first = bytes[start] - '0';
        boolean goesOn = groupEnd - start < MAX
                && Alphabet.stands(bytes, groupEnd + Alphabet.separator(bytes, groupEnd, to), to, DIGIT);
        if (first < 2 || first > 6 || (groupEnd - start < MIN && !goesOn) || !mayStart(bytes, start, groupEnd, from)) {
            return -1;
        }
        digits.clear();
        int best = -1;
        int at = start;
        int end = groupEnd;
        while (digits.add(bytes, at, end) && mayEnd(bytes, end, to)) {
            if (digits.isCard()) {
                best = end;
            }
            at = end + Alphabet.separator(bytes, end, to);
            if (at == end || !Alphabet.stands(bytes, at, to, DIGIT) || !digits.closeGroup(bytes[end] == '.')) {
                break;
            }
            end = Alphabet.end(bytes, at, Math.min(to, at + MAX + 1), DIGIT);
        }
        return best;
    }

    /** The digits of one number so far, with both sums that Luhn may need: which one depends on the length. One serves
     * a whole scan.
     */
    static final class Digits {
        private int count;
        private int issuer;
        private int sumOfEven;
        private int sumOfOdd;
        private int groups;
        private int firstGroup;
        private int group;
        private boolean equal = true;
        private boolean wide = true;
        private boolean dotted;

        private void clear() {
            count = 0;
            issuer = 0;
            sumOfEven = 0;
            sumOfOdd = 0;
            groups = 0;
            firstGroup = 0;
            group = 0;
            equal = true;
            wide = true;
            dotted = false;
        }

        private boolean add(byte[] bytes, int from, int to) {
            group = to - from;
            if (count + group > MAX) {
                return false;
            }
            for (int i = from; i < to; i++) {
                int digit = bytes[i] - '0';
                int twice = digit > 4 ? 2 * digit - 9 : 2 * digit;
                boolean isEven = (count & 1) == 0;
                sumOfEven += isEven ? twice : digit;
                sumOfOdd += isEven ? digit : twice;
                issuer = count < 6 ? issuer * 10 + digit : issuer;
                count++;
            }
            return true;
        }

        /** Whether another group may follow. */
        private boolean closeGroup(boolean byDot) {
            firstGroup = groups == 0 ? group : firstGroup;
            groups++;
            equal &= group == firstGroup;
            dotted |= byDot;
            wide &= group >= 4 && group <= WIDEST;
            return equal || (wide && !dotted);
        }

        private boolean isCard() {
            // Two groups with a dot between are a decimal fraction.
            boolean grouped = groups == 0
                    || (wide && !dotted && group <= WIDEST)
                    || (equal && group <= firstGroup && !(dotted && groups < 2));
            int sum = (count & 1) == 0 ? sumOfEven : sumOfOdd;
            return count >= MIN && grouped && sum % 10 == 0 && isIssued(issuer, count);
        }
    }

    /** Whether a brand issues numbers of that length that start with these six digits. */
    static boolean isIssued(int issuer, int length) {
        int two = issuer / 10_000;
        int three = issuer / 1_000;
        int four = issuer / 100;
        return switch (two / 10) {
            case 2 -> length == 16 && issuer >= 222_100 && issuer <= 272_099; // Mastercard
            case 3 ->
                ((two == 34 || two == 37) && length == 15) // American Express
                        || (four >= 3528 && four <= 3589 && length >= 16) // JCB
                        || (length >= 14 && isDiners(two, three, four));
            case 4 -> length == 13 || length == 16 || length == 19; // Visa
            case 5 -> (two >= 51 && two <= 55 && length == 16) || isMaestro(four);
            case 6 ->
                isMaestro(four)
                        || (length >= 16 && (four == 6011 || (three >= 644 && three <= 659))) // Discover
                        || (length >= 16 && two == 62); // UnionPay
            default -> false;
        };
    }

    private static boolean isDiners(int two, int three, int four) {
        return two == 36 || two == 38 || two == 39 || four == 3095 || (three >= 300 && three <= 305);
    }

    private static boolean isMaestro(int four) {
        return switch (four) {
            case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true;
            default -> false;
        };
    }

    private static boolean mayStart(byte[] bytes, int start, int groupEnd, int from) {
        if (start == from) {
            return true;
        }
        byte before = bytes[start - 1];
        if (Alphabet.is(before, LETTER)) {
            // %B starts the first track of a magnetic stripe.
            return (before == 'B' && start - 2 >= from && bytes[start - 2] == '%') || isNoHexBefore(bytes, start, from);
        }
        boolean isFraction =
                before == '.' && groupEnd - start >= MIN && Alphabet.follows(bytes, start - 1, from, DIGIT);
        return before != '+' && !isFraction;
    }

    private static boolean mayEnd(byte[] bytes, int end, int to) {
        if (end >= to || !Alphabet.is(bytes[end], LETTER)) {
            return true;
        }
        // D stands for the = of the second track where it is written in hexadecimal.
        return (bytes[end] == 'D' && isExpiry(bytes, end + 1, to)) || isNoHexAfter(bytes, end, to);
    }

    private static boolean isNoHexBefore(byte[] bytes, int at, int from) {
        int start = at - 1;
        while (start > from && at - start < MAX_LETTERS && Alphabet.is(bytes[start], HEX_LETTER)) {
            start--;
        }
        return Alphabet.is(bytes[start], LETTER) && !Alphabet.is(bytes[start], HEX_LETTER);
    }

    private static boolean isNoHexAfter(byte[] bytes, int at, int to) {
        int end = Alphabet.end(bytes, at, Math.min(to, at + MAX_LETTERS), HEX_LETTER);
        return Alphabet.stands(bytes, end, to, LETTER);
    }

    /** Whether numbers inside a group of digits are worth a look. */
    static boolean mayHold(byte[] bytes, int groupStart, int groupEnd, int from, int to) {
        return groupEnd - groupStart > MIN + 1
                && mayStart(bytes, groupStart, groupEnd, from)
                && mayEnd(bytes, groupEnd, to);
    }

    /**
     * The end of a number that starts at {@code start} inside one group of digits and does not fill it, and that only
     * what stands beside it makes plausible; -1 for none.
     */
    static int endInside(byte[] bytes, int start, int groupStart, int groupEnd) {
        int before = start - groupStart;
        if (groupEnd - start < MIN || bytes[start] < '2' || bytes[start] > '6') {
            return -1;
        }
        int told = before < 2 ? 0 : 10 * (bytes[start - 2] - '0') + bytes[start - 1] - '0';
        boolean isMessage = groupEnd - groupStart > LONGEST_NUMBER;
        if (isMessage && told >= 15 && told <= MAX && isCard(bytes, start, start + told, groupEnd)) {
            return start + told;
        }
        boolean filled = isFilledWithZeros(bytes, groupStart, start);
        if (filled && before > 0 && isCard(bytes, start, groupEnd, groupEnd)) {
            return groupEnd;
        }
        for (int length = 16; filled && length >= 15; length--) {
            if (isExpiry(bytes, start + length, groupEnd) && isCard(bytes, start, start + length, groupEnd)) {
                return start + length;
            }
        }
        return -1;
    }

    /** Whether it is zeros alone, or nothing; no field is filled with more than there are digits in a number. */
    private static boolean isFilledWithZeros(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '0' || to - from > MAX) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCard(byte[] bytes, int from, int to, int groupEnd) {
        var digits = new Digits();
        return to <= groupEnd && digits.add(bytes, from, to) && digits.isCard();
    }

    /** Whether year and month, or month and year, stand there: years from 20 to 49. */
    private static boolean isExpiry(byte[] bytes, int at, int to) {
        if (to - at < 4 || Alphabet.end(bytes, at, at + 4, DIGIT) != at + 4) {
            return false;
        }
        int first = 10 * (bytes[at] - '0') + bytes[at + 1] - '0';
        int second = 10 * (bytes[at + 2] - '0') + bytes[at + 3] - '0';
        return (isYear(first) && isMonth(second)) || (isMonth(first) && isYear(second));
    }

    private static boolean isYear(int number) {
        return number >= 20 && number <= 49;
    }

    private static boolean isMonth(int number) {
        return number >= 1 && number <= 12;
    }
}
