// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.value.InvalidValueException;

/**
 * What is looked for in contents: words that stand there as they stand here, whatever the case of their letters.
 *
 * <p>A <em>word</em> is a run of letters and digits (as {@link Character#isLetterOrDigit(char)} has them), of
 * {@code _}, and of halves of surrogate pairs; all else lies between words. A phrase is in a text where its characters
 * stand one after another, folded by {@link #fold}, and where a word at either end of the phrase is a whole word there:
 * {@code ord_12} is not in {@code ord_123}, and {@code 12} is not in {@code ord_12}, but {@code 4a1f} is in
 * {@code 9c-4a1f-2b}. That makes it possible to rule out thousands of sessions by an index of words.
 *
 * @since 0.1
 */
public record Phrase(String text) {
    /** Most characters of a phrase. */
    public static final int MAX_LENGTH = 256;

    public Phrase {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    "a phrase must have at most " + MAX_LENGTH + " characters, but this one has " + text.length());
        }
        if (text.chars().noneMatch(c -> isWord((char) c))) {
            throw new InvalidValueException(
                    "the phrase '" + text + "' has no letter and no digit; give at least one whole word");
        }
    }

    /** Whether a character belongs to a word. */
    public static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    /**
     * The character that stands for this one in comparisons, as in {@link String#equalsIgnoreCase}. What belongs to no
     * word stands for itself: U+0345 would become a letter.
     */
    public static char fold(char c) {
        return isWord(c) ? Character.toLowerCase(Character.toUpperCase(c)) : c;
    }

    /** Whether a text has the phrase: what every search must agree with. */
    public boolean isIn(String other) {
        for (int at = 0; at + text.length() <= other.length(); at++) {
            if (isAt(other, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(String other, int at) {
        int end = at + text.length();
        for (int i = 0; i < text.length(); i++) {
            if (fold(other.charAt(at + i)) != fold(text.charAt(i))) {
                return false;
            }
        }
        boolean begins = !isWord(other.charAt(at)) || at == 0 || !isWord(other.charAt(at - 1));
        boolean ends = !isWord(other.charAt(end - 1)) || end == other.length() || !isWord(other.charAt(end));
        return begins && ends;
    }

    @Override
    public String toString() {
        return text;
    }
}
