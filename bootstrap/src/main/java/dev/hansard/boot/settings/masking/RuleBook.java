// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.masking.MaskingReader.WrittenService;
import dev.hansard.boot.settings.masking.MaskingReader.WrittenSet;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All rules and sets by name: what services name is looked up here. */
final class RuleBook {
    private final Problems problems;
    private final Map<String, WrittenRule> rules = new LinkedHashMap<>();
    private final Map<String, WrittenSet> sets = new LinkedHashMap<>();
    private final List<WrittenService> services = new ArrayList<>();
    // Names that are written but cannot be used: a reference to one is no second mistake.
    private final Set<String> unusable = new HashSet<>();

    RuleBook(Problems problems) {
        this.problems = problems;
    }

    void add(WrittenRule rule) {
        rules.put(rule.name(), rule);
    }

    void add(WrittenSet set) {
        sets.put(set.name(), set);
    }

    void add(WrittenService service) {
        services.add(service);
    }

    void addUnusable(String name) {
        unusable.add(name);
    }

    Collection<WrittenRule> rules() {
        return rules.values();
    }

    Collection<WrittenSet> sets() {
        return sets.values();
    }

    /** What each service applies. */
    Map<ServiceName, MaskingOfService> services(List<MaskRule> builtIn) {
        Map<String, List<WrittenRule>> ofSet = new HashMap<>();
        sets.forEach((name, set) ->
                ofSet.put(name, set.names().stream().flatMap(this::rule).toList()));
        Map<ServiceName, MaskingOfService> resolved = new HashMap<>();
        Set<List<WrittenRule>> checked = new HashSet<>();
        for (WrittenService service : services) {
            List<WrittenRule> applied = applied(service, ofSet);
            List<MaskRule> all =
                    new ArrayList<>(applied.stream().map(WrittenRule::rule).toList());
            all.addAll(builtIn);
            resolved.put(
                    service.name(),
                    new MaskingOfService(Element.texts(service.applied()), all, service.detectorsOnUnparsable()));
            List<WrittenRule> sound =
                    applied.stream().filter(WrittenRule::isSound).toList();
            // Services that apply the same have the same contradictions: the first is enough.
            if (checked.add(sound)) {
                new Contradictions(problems).report(service.name().value(), sound);
            }
        }
        warnOfUnused();
        return resolved;
    }

    /** The rules that a service names itself or by their set, each once. */
    private List<WrittenRule> applied(WrittenService service, Map<String, List<WrittenRule>> ofSet) {
        Set<WrittenRule> applied = new LinkedHashSet<>();
        for (Element element : service.applied()) {
            List<WrittenRule> its = ofSet.get(element.text());
            applied.addAll(its != null ? its : ruleOrSet(element).toList());
        }
        return List.copyOf(applied);
    }

    private Stream<WrittenRule> rule(Element element) {
        WrittenRule rule = rules.get(element.text());
        if (rule != null) {
            return Stream.of(rule);
        }
        if (sets.containsKey(element.text())) {
            problems.error(element.at(), element.path() + " names a set", "a set has rules only: name them");
        } else if (!unusable.contains(element.text())) {
            problems.error(element.at(), element.path() + " names no rule", hint(element, rules.keySet(), "rules"));
        }
        return Stream.empty();
    }

    private Stream<WrittenRule> ruleOrSet(Element element) {
        WrittenRule rule = rules.get(element.text());
        if (rule == null && !unusable.contains(element.text())) {
            Set<String> known = new LinkedHashSet<>(sets.keySet());
            known.addAll(rules.keySet());
            problems.error(
                    element.at(), element.path() + " names no set or rule", hint(element, known, "sets and rules"));
        }
        return Stream.ofNullable(rule);
    }

    private static String hint(Element element, Set<String> known, String what) {
        if (known.isEmpty()) {
            return "write it under masking.rules";
        }
        return element.hidden() ? "check where the name comes from" : Words.hint(element.text(), known, what);
    }

    private void warnOfUnused() {
        Set<String> used = new HashSet<>();
        sets.values().forEach(set -> used.addAll(Element.texts(set.names())));
        services.forEach(service -> used.addAll(Element.texts(service.applied())));
        for (WrittenRule rule : rules.values()) {
            if (!used.contains(rule.name())) {
                problems.warning(
                        rule.at(),
                        "rule '" + rule.name() + "' is used by no set and no service",
                        "name it under masking of a service, or in a set");
            }
        }
        for (WrittenSet set : sets.values()) {
            if (!used.contains(set.name())) {
                problems.warning(
                        set.at(),
                        "set '" + set.name() + "' is used by no service",
                        "name it under masking of a service");
            }
        }
    }
}
