// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.detect.Detectors;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.masking.Patterns;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Those rules of a service that apply to contents of one type, compiled. Immutable; safe for any number of threads.
 *
 * @param anywhere what rules say of names that stand before a value in a text
 */
record SelectedRules(
        JsonSelectors json,
        NameRules form,
        NameRules query,
        NameRules headers,
        NameRules cookies,
        NameRules xml,
        NameRules anywhere,
        ValueScanner detectors) {
    static SelectedRules of(List<MaskRule> rules, Patterns patterns) {
        return new SelectedRules(
                JsonSelectors.of(rules),
                NameRules.of(rules, MaskRule::form),
                NameRules.of(rules, MaskRule::query),
                NameRules.of(rules, MaskRule::headers),
                NameRules.of(rules, MaskRule::cookies),
                NameRules.of(rules, MaskRule::xml),
                NameRules.of(rules, SelectedRules::plainNames),
                Detectors.of(rules, patterns));
    }

    private static List<String> plainNames(MaskRule rule) {
        Stream<String> json = rule.json().stream().filter(name -> !name.startsWith("/") && !name.startsWith("$"));
        return Stream.of(json, rule.form().stream(), rule.query().stream(), rule.xml().stream())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    ValueMasking values(Replacer replacer, Findings findings, TimeLimit time) {
        return new ValueMasking(detectors, anywhere, replacer, findings, time);
    }

    /** Whether a rule is for contents of that type. */
    static boolean applies(MaskRule rule, MediaType label) {
        return rule.contentTypes().isEmpty()
                || rule.contentTypes().stream()
                        .anyMatch(range -> covers(range.toLowerCase(Locale.ROOT), label.essence()));
    }

    private static boolean covers(String range, String type) {
        return range.equals("*/*")
                || range.equals(type)
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }
}
