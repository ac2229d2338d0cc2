// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck.Faulty;
import dev.hansard.core.masking.json.select.SelectorProblem;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.NameRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds selectors of one service's rules that never do what they say, because a rule before theirs selects the same and
 * does something else. A rule that is limited to some types of content stands in the way of those only that are limited
 * to a part of them.
 */
final class Contradictions {
    private static final List<String> BY_NAME =
            List.of("form", "query", "headers", "cookies", "xml", "detect", MaskingKeys.REGEX);

    private final Problems problems;

    Contradictions(Problems problems) {
        this.problems = problems;
    }

    /** @param rules those that apply, in their order */
    void report(String service, List<WrittenRule> rules) {
        json(service, rules);
        for (String key : BY_NAME) {
            named(service, rules, key);
        }
    }

    private void named(String service, List<WrittenRule> rules, String key) {
        Map<String, List<WrittenRule>> takers = new HashMap<>();
        for (WrittenRule rule : rules) {
            for (Element element : rule.parts(key)) {
                String name = key.equals(MaskingKeys.REGEX) ? element.text() : NameRules.folded(element.text());
                List<WrittenRule> before = takers.computeIfAbsent(name, _ -> new java.util.ArrayList<>());
                WrittenRule taker = before.stream()
                        .filter(other -> covers(other, rule))
                        .findFirst()
                        .orElse(null);
                if (taker != null && !taker.rule().action().equals(rule.rule().action())) {
                    problems.error(
                            element.at(),
                            element.shown() + " has no effect in service '" + service + "': rule '" + taker.name()
                                    + "' (" + taker.rule().action().word() + ") selects the same before it",
                            "remove one of them");
                }
                before.add(rule);
            }
        }
    }

    private void json(String service, List<WrittenRule> rules) {
        Set<List<String>> limits = new HashSet<>();
        for (WrittenRule limited : rules) {
            List<String> types = limited.rule().contentTypes();
            if (limited.rule().json().isEmpty() || !limits.add(types)) {
                continue;
            }
            List<WrittenRule> applied =
                    rules.stream().filter(rule -> covers(rule, limited)).toList();
            List<MaskRule> plain = applied.stream().map(WrittenRule::rule).toList();
            if (JsonSelectors.compile(plain) instanceof Faulty(var faults)) {
                for (SelectorProblem fault : faults) {
                    WrittenRule rule = named(applied, fault.rule());
                    if (rule != null && rule.rule().contentTypes().equals(types)) {
                        json(service, applied, rule, fault);
                    }
                }
            }
        }
    }

    private void json(String service, List<WrittenRule> applied, WrittenRule rule, SelectorProblem fault) {
        boolean hidden =
                applied.stream().flatMap(other -> other.parts("json").stream()).anyMatch(Element::hidden);
        String what = hidden ? "can never select a value, because rules before it already do" : fault.what();
        rule.parts("json").stream()
                .filter(element -> element.text().equals(fault.selector()))
                .findFirst()
                .ifPresent(element ->
                        problems.error(element.at(), element.shown() + " " + what + " (service '" + service + "')"));
    }

    private static @Nullable WrittenRule named(List<WrittenRule> rules, String name) {
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether one rule applies to all types of content that the other applies to. */
    private static boolean covers(WrittenRule one, WrittenRule other) {
        List<String> wide = one.rule().contentTypes();
        List<String> narrow = other.rule().contentTypes();
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream().allMatch(type -> wide.stream().anyMatch(range -> holds(range, type))));
    }

    private static boolean holds(String range, String type) {
        return range.equals(type)
                || range.equals("*/*")
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }
}
