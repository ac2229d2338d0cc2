// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.detect.Detectors;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sort of value was found.
 *
 * @param word the name of a detector, {@code secret} and the like for what is known by its name, or that of a rule
 * @param detector whether it is the name of a detector
 */
public record What(String word, boolean detector) implements Comparable<What> {
    /** How many letters or digits of a card or account number help to find it, and tell too little to use it. */
    private static final int TELLING = 4;

    private static final String CARD = "card";
    private static final String CARD_NUMBER = "card-number";
    private static final String PREFIX = "scan:";

    /**
     * What a scan looks for: with each detector, and by the names that are built in. The detectors come first, since
     * they say more than a name does.
     */
    static List<MaskRule> rules() {
        Stream<MaskRule> detectors =
                Detectors.NAMES.stream().map(detector -> rule(PREFIX + detector, List.of(detector), null));
        Stream<MaskRule> names = BuiltInRules.rules().stream()
                .filter(rule -> rule.detect().isEmpty())
                .map(rule -> rule(rule.name(), List.of(), rule));
        return Stream.concat(detectors, names).toList();
    }

    private static MaskRule rule(String name, List<String> detect, @Nullable MaskRule names) {
        return new MaskRule(
                name,
                new MaskAction.Redact(),
                names == null ? List.of() : names.json(),
                names == null ? List.of() : names.form(),
                names == null ? List.of() : names.query(),
                names == null ? List.of() : names.headers(),
                names == null ? List.of() : names.cookies(),
                names == null ? List.of() : names.xml(),
                detect,
                null,
                List.of());
    }

    /** What the rule of that name finds, be it one of a scan or of a record. */
    static What of(String rule) {
        if (rule.equals(ValueMasking.ALWAYS_ON.rule())) {
            return new What("secret", false);
        }
        if (rule.equals(ValueMasking.WITHHELD.rule())) {
            return new What("unclear", false);
        }
        for (String prefix : List.of(PREFIX, Detectors.ALWAYS, BuiltInRules.PREFIX)) {
            if (rule.startsWith(prefix)) {
                String word = rule.substring(prefix.length());
                return new What(word, Detectors.NAMES.contains(word));
            }
        }
        return new What(rule, false);
    }

    /** What should be done to such values: what helps to read the record, and no more than that, stays. */
    MaskAction remedy() {
        return switch (word) {
            case CARD, CARD_NUMBER, "iban" -> new MaskAction.KeepLast(TELLING);
            case "email" -> new MaskAction.Token();
            default -> new MaskAction.Redact();
        };
    }

    @Override
    public int compareTo(What other) {
        return word.compareTo(other.word);
    }
}
