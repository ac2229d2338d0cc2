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
 * case folding. Immutable.
 */
public final class NameRules {
    private final Map<String, Treatment> byName;

    private NameRules(Map<String, Treatment> byName) {
        this.byName = Map.copyOf(byName);
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
        return byName.isEmpty() ? null : byName.get(folded(name));
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** As names are compared. */
    public static String folded(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            char c = name.charAt(i);
            plain = c < 0x80 && !(c >= 'A' && c <= 'Z');
        }
        if (plain) {
            return name;
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        // Upper case first: it unfolds what lower case alone would leave apart, as in Strasse and Straße.
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
