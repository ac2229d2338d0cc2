// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a mistyped word was meant to be. */
public final class Words {
    private static final int MOST_LISTED = 20;

    private Words() {}

    /** The word closest to what was written, when it is close enough to be worth asking. */
    public static Optional<String> closest(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT).replace('_', '-');
        int allowed = Math.max(1, Math.min(lower.length(), 12) / 3);
        return known.stream()
                .filter(word -> distance(lower, word, allowed) <= allowed)
                .min(Comparator.comparingInt((String word) -> distance(lower, word, allowed))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** What to do about a name that is none of those there are: the closest of them, or all. */
    public static String hint(String written, Collection<String> known, String what) {
        if (known.isEmpty()) {
            return "there are no " + what;
        }
        return closest(written, known)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> "the " + what + " are "
                        + known.stream().limit(MOST_LISTED).collect(Collectors.joining(", ")));
    }

    /** Edits between two words, a swap of neighbours counted as one (optimal string alignment). */
    static int distance(String left, String right, int giveUpAfter) {
        if (Math.abs(left.length() - right.length()) > giveUpAfter) {
            return giveUpAfter + 1;
        }
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, left, right, i, j);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int cheapest(int[][] edits, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int cost = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cost, edits[i - 2][j - 2] + 1) : cost;
    }
}
