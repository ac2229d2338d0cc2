// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import org.jspecify.annotations.Nullable;

/**
 * Letters that are not there to be seen, or that look like others: with them a name reads like one that rules know, and
 * is another. After the confusables of Unicode Technical Standard 39, as far as Greek and Cyrillic letters, the only
 * ones that whole names of ASCII can be spelled with, look like Latin ones.
 */
final class LookAlikes {
    private static final String CYRILLIC = "АВСЕНІЈКМОРԚЅТѴԜХУҮӀавсԁегһіјкӏмноԛпрѕтѵԝхуүшь";
    private static final String CYRILLIC_AS = "abcehijkmopqstvwxyyiabcderhijklmhoqnpstvwxyywb";
    private static final String GREEK = "ΑΒΣΕΖΗΙͿΚΜΝΟΡΤΥΧαβγςεηικμνορτυχωϳ";
    private static final String GREEK_AS = "abcezhijkmnoptyxabycenikuvoptuxwj";
    private static final String LATIN = "ıɑɡɩʟ";
    private static final String LATIN_AS = "iagil";

    private static final String FROM = CYRILLIC + GREEK + LATIN;
    private static final String AS = CYRILLIC_AS + GREEK_AS + LATIN_AS;

    private LookAlikes() {}

    /** A name without the characters that nobody sees (Default_Ignorable_Code_Point of Unicode). */
    static String visible(String name) {
        if (name.codePoints().noneMatch(LookAlikes::isInvisible)) {
            return name;
        }
        return name.codePoints()
                .filter(point -> !isInvisible(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isInvisible(int point) {
        if (point < 0x80) {
            return false;
        }
        return Character.getType(point) == Character.FORMAT
                || point == 0x34F
                || (point >= 0x115F && point <= 0x1160)
                || (point >= 0x17B4 && point <= 0x17B5)
                || (point >= 0x180B && point <= 0x180F)
                || (point >= 0x2060 && point <= 0x206F)
                || point == 0x3164
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0xFFA0
                || (point >= 0xFFF0 && point <= 0xFFF8)
                || (point >= 0xE0000 && point <= 0xE0FFF);
    }

    /** What a name reads like in small letters of ASCII; null when there is a letter in it that looks like none. */
    static @Nullable String ascii(String name) {
        var read = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80) {
                read.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
                continue;
            }
            int known = FROM.indexOf(c);
            if (known < 0) {
                return null;
            }
            read.append(AS.charAt(known));
        }
        return read.toString();
    }
}
