// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import dev.hansard.ports.search.Phrase;

/**
 * Whether a text has a phrase, read once from its beginning (Knuth, Morris and Pratt 1977): it finds what
 * {@link Phrase#isIn} finds. Belongs to one thread and is used for one text after another.
 */
public final class PhraseFinder implements TextSink {
    private final char[] phrase;
    /** For each beginning of the phrase the longest shorter one that it ends with. */
    private final int[] borders;

    private final boolean beginsWithWord;
    private final boolean endsWithWord;
    /** Of the last characters of the text whether they belong to a word, one more than the phrase has. */
    private final boolean[] words;

    private int matched;
    private int at;
    private boolean waits;
    private boolean found;

    public PhraseFinder(Phrase phrase) {
        this.phrase = phrase.text().toCharArray();
        for (int i = 0; i < this.phrase.length; i++) {
            this.phrase[i] = Phrase.fold(this.phrase[i]);
        }
        borders = borders(this.phrase);
        beginsWithWord = Phrase.isWord(phrase.text().charAt(0));
        endsWithWord = Phrase.isWord(phrase.text().charAt(this.phrase.length - 1));
        words = new boolean[this.phrase.length + 1];
    }

    private static int[] borders(char[] phrase) {
        var borders = new int[phrase.length + 1];
        int border = 0;
        for (int i = 1; i < phrase.length; i++) {
            while (border > 0 && phrase[i] != phrase[border]) {
                border = borders[border];
            }
            border += phrase[i] == phrase[border] ? 1 : 0;
            borders[i + 1] = border;
        }
        return borders;
    }

    @Override
    public void take(char c) {
        boolean word = Phrase.isWord(c);
        found |= waits && !word;
        waits = false;
        char folded = Phrase.fold(c);
        while (matched > 0 && phrase[matched] != folded) {
            matched = borders[matched];
        }
        matched += phrase[matched] == folded ? 1 : 0;
        words[at % words.length] = word;
        at++;
        if (matched == phrase.length) {
            matched = borders[matched];
            if (isAtBeginning()) {
                waits = endsWithWord;
                found |= !endsWithWord;
            }
        }
        // Kept small, so that a text of any length does not overflow it.
        at = at >= 2 * words.length ? at - words.length : at;
    }

    /** Whether what has just matched does not begin within a word. */
    private boolean isAtBeginning() {
        return !beginsWithWord || at <= phrase.length || !words[(at - phrase.length - 1) % words.length];
    }

    @Override
    public void end() {
        found |= waits;
        waits = false;
        matched = 0;
        at = 0;
    }

    /** Whether the phrase was in a text since this was asked last. */
    public boolean wasFound() {
        boolean was = found;
        found = false;
        return was;
    }
}
