// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which names select a value, whatever their case and however they are composed: names are compared after NFKC and
 * case folding, without characters that nobody sees. A name that reads like one of ASCII is taken for that, too.
 * Immutable.
 */
public final class NameRules {
    /** Composing and folding make at most so many chars into one. */
    private static final int MOST_COMPOSED = 16;

    /** No name that is looked for has so many chars. */
    private static final int LONGEST_READ = 1_024;

    private final Map<String, Treatment> byName;
    private final int longest;
    private final int fewestLetters;

    private NameRules(Map<String, Treatment> byName) {
        this.byName = Map.copyOf(byName);
        this.longest = byName.keySet().stream().mapToInt(String::length).max().orElse(0);
        this.fewestLetters = byName.keySet().stream()
                .mapToInt(name -> (int) name.chars().filter(Character::isLetter).count())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** How many letters the name has that has fewest; a name with fewer is none of them. */
    public int fewestLetters() {
        return fewestLetters;
    }

    /** The first rule that has a name wins it. */
    public static NameRules of(List<MaskRule> rules, Function<MaskRule, List<String>> names) {
        var byName = new HashMap<String, Treatment>();
        for (MaskRule rule : rules) {
            for (String name : names.apply(rule)) {
                byName.putIfAbsent(folded(name), rule.treatment());
            }
        }
        return new NameRules(byName);
    }

    /** What happens to the value of that name; null for nothing. */
    public @Nullable Treatment of(String name) {
        return byName.isEmpty() ? null : find(byName, longest, name);
    }

    /**
     * What stands under a name.
     *
     * @param byFolded by folded names
     * @param longest how many chars the longest of them has
     */
    public static <T> @Nullable T find(Map<String, T> byFolded, int longest, String name) {
        if (isAscii(name)) {
            // Nearly every name; what folding does to it is no more than this.
            return byFolded.get(name.toLowerCase(Locale.ROOT));
        }
        String visible = LookAlikes.visible(name);
        // Composing takes more than linear time on names that are made for it; such names are never known ones.
        if (visible.length() > (long) longest * MOST_COMPOSED) {
            return null;
        }
        T found = byFolded.get(folded(visible));
        if (found != null) {
            return found;
        }
        String read = read(visible);
        return read == null ? null : byFolded.get(read);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** As names are compared; what reads alike is told apart. */
    public static String folded(String name) {
        if (isPlain(name)) {
            return name;
        }
        String composed = Normalizer.normalize(LookAlikes.visible(name), Normalizer.Form.NFKC);
        // Upper case first: it unfolds what lower case alone would leave apart, as in Strasse and Straße.
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return LookAlikes.visible(Normalizer.normalize(folded, Normalizer.Form.NFKC));
    }

    /**
     * What a name with other letters reads like in small ones of ASCII; null for nothing, or where it has no others.
     */
    public static @Nullable String read(String name) {
        boolean isAscii = isAscii(name);
        String visible = isAscii ? name : LookAlikes.visible(name);
        return isAscii || visible.length() > LONGEST_READ
                ? null
                : LookAlikes.ascii(Normalizer.normalize(visible, Normalizer.Form.NFKC));
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
