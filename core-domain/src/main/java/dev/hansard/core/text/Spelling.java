// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.text;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what a misspelt word should have been. */
public final class Spelling {
    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 32;

    private Spelling() {}

    /** The word that the fewest edits lead to; null when none is near. */
    public static @Nullable String nearest(String written, List<String> words) {
        String best = null;
        int fewest = MAX_EDITS + 1;
        for (String word : words) {
            int edits = written.length() > MAX_LENGTH ? fewest : edits(written.toLowerCase(Locale.ROOT), word);
            if (edits < fewest) {
                best = word;
                fewest = edits;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (the restricted distance of Damerau). */
    private static int edits(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int cheapest(int[][] rows, String from, String to, int i, int j) {
        int replaced = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int edits = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(edits, rows[i - 2][j - 2] + 1) : edits;
    }
}
