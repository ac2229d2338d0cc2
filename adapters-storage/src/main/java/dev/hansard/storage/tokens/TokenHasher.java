// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import dev.hansard.ports.search.Phrase;
import java.util.Arrays;

/**
 * Gives the hash of each word of a text to a set. A word is what {@link Phrase} says, folded; of a longer one than
 * {@link #MAX_TOKEN} characters only so many count, so that a blob in base64 is one token. The hash is FNV-1a of 64
 * bits over UTF-16 units (RFC 9923), which costs one multiplication a character, finished by the mixer of MurmurHash3,
 * without which its upper bits would be poor for short words. It is part of the format of segments: it never changes
 * within a version.
 */
public final class TokenHasher implements TextSink {
    /** Characters of a word that count. */
    public static final int MAX_TOKEN = 64;

    private static final long OFFSET = 0xCBF2_9CE4_8422_2325L;
    private static final long PRIME = 0x0000_0100_0000_01B3L;
    private static final int ASCII = 128;

    private final char[] folded = new char[ASCII];
    private final TokenSet into;
    private long hash = OFFSET;
    private int length;

    /** A hasher that gives hashes to a set. */
    public TokenHasher(TokenSet into) {
        this.into = into;
        for (char c = 0; c < ASCII; c++) {
            folded[c] = Phrase.isWord(c) ? Phrase.fold(c) : 0;
        }
    }

    /** The hashes of all words of a phrase. */
    public static long[] hashes(Phrase phrase) {
        var set = new TokenSet(Phrase.MAX_LENGTH);
        var hasher = new TokenHasher(set);
        for (int i = 0; i < phrase.text().length(); i++) {
            hasher.take(phrase.text().charAt(i));
        }
        hasher.end();
        long[] hashes = set.toArray();
        Arrays.sort(hashes);
        return hashes;
    }

    @Override
    public void take(char c) {
        char of = c < ASCII ? folded[c] : foldedWide(c);
        if (of == 0) {
            if (length > 0) {
                finish();
            }
        } else if (length < MAX_TOKEN) {
            hash = (hash ^ of) * PRIME;
            length++;
        }
    }

    private static char foldedWide(char c) {
        return Phrase.isWord(c) ? Phrase.fold(c) : 0;
    }

    @Override
    public void end() {
        if (length > 0) {
            finish();
        }
    }

    private void finish() {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        into.add(mixed ^ (mixed >>> 33));
        hash = OFFSET;
        length = 0;
    }
}
