// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck.Faulty;
import dev.hansard.core.masking.json.select.SelectorProblem;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.ScanReport.Proposal;
import dev.hansard.core.masking.scan.Selection.RuleKey;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules of findings: for each service one for each sort of value, which selects the fields by their place, and by
 * detector what has none. A field in which several sorts were found is redacted, as the strictest that is proposed.
 *
 * <p>What is proposed must be accepted as it is when it is added to the configuration. So no two rules select the same,
 * none selects what lies in what another one takes whole, and there are no more of them than a configuration may have.
 * Belongs to one thread.
 */
final class Proposals {
    /** Most selectors for one service; a rule may have 200 under one key. */
    static final int MAX_SELECTIONS = 150;

    /** Most rules in all; a configuration may have 500 rules and sets together. */
    static final int MAX_RULES = 200;

    private static final What SEVERAL = new What("several", false);

    private final ListedRules listed;
    private final RuleNames names;
    private final List<Proposal> proposals = new ArrayList<>();
    private int rules;
    private int without;

    /** What was found in what one selector selects. */
    private record Field(Selection selection, Set<What> whats) {
        What what() {
            return whats.size() == 1 ? whats.iterator().next() : SEVERAL;
        }
    }

    private Proposals(ListedRules listed) {
        this.listed = listed;
        this.names = new RuleNames(listed);
    }

    static Proposals of(List<Finding> findings, ListedRules listed) {
        var made = new Proposals(listed);
        findings.stream()
                .collect(Collectors.groupingBy(Finding::service, TreeMap::new, Collectors.toList()))
                .forEach(made::add);
        return made;
    }

    List<Proposal> all() {
        return List.copyOf(proposals);
    }

    /** How many findings have no rule of their own. */
    int without() {
        return without;
    }

    private void add(ServiceName service, List<Finding> findings) {
        Map<Selection, Field> fields = new TreeMap<>();
        for (Finding finding : findings) {
            Selection selection = selection(finding);
            if (selection == null || listed.of(service).stream().anyMatch(selection::isIn)) {
                without++;
                continue;
            }
            Field known = fields.get(selection.folded());
            if (known != null) {
                known.whats.add(finding.what());
            } else if (fields.size() < MAX_SELECTIONS) {
                fields.put(selection.folded(), new Field(selection, new TreeSet<>(Set.of(finding.what()))));
            } else {
                without++;
            }
        }
        propose(
                service,
                fields.values().stream()
                        .collect(Collectors.groupingBy(Field::what, TreeMap::new, Collectors.toList())));
    }

    private static @Nullable Selection selection(Finding finding) {
        Selection selection = finding.place().selection();
        if (selection != null) {
            return selection;
        }
        What what = finding.what();
        return what.detector() ? new Selection(RuleKey.DETECT, what.word()) : null;
    }

    private void propose(ServiceName service, Map<What, List<Field>> fields) {
        String set = names.set(service);
        List<MaskRule> made = new ArrayList<>();
        fields.forEach((what, its) -> {
            if (rules + made.size() < MAX_RULES) {
                made.add(rule(names.rule(service, what), what.remedy(), its));
            } else {
                without += its.size();
            }
        });
        List<MaskRule> reached = reachable(service, made);
        without += selectors(made) - selectors(reached);
        rules += reached.size();
        if (!reached.isEmpty()) {
            proposals.add(new Proposal(service, set, reached));
        }
    }

    private static MaskRule rule(String name, MaskAction action, List<Field> fields) {
        List<Selection> selections = fields.stream().map(Field::selection).toList();
        return new MaskRule(
                name,
                action,
                texts(RuleKey.JSON, selections),
                texts(RuleKey.FORM, selections),
                texts(RuleKey.QUERY, selections),
                texts(RuleKey.HEADERS, selections),
                List.of(),
                texts(RuleKey.XML, selections),
                texts(RuleKey.DETECT, selections),
                null,
                List.of());
    }

    private static List<String> texts(RuleKey key, List<Selection> selections) {
        return selections.stream()
                .filter(selection -> selection.key() == key)
                .map(Selection::text)
                .toList();
    }

    /**
     * The rules without the selectors that could never select a value, because others before them take it, or something
     * that it lies in, whole: with those it is masked.
     */
    private List<MaskRule> reachable(ServiceName service, List<MaskRule> made) {
        List<MaskRule> before = listed.of(service).stream()
                .filter(rule -> rule.contentTypes().isEmpty())
                .toList();
        List<MaskRule> left = made;
        while (JsonSelectors.compile(
                        Stream.concat(before.stream(), left.stream()).toList())
                instanceof Faulty(var problems)) {
            List<MaskRule> fewer = left.stream()
                    .map(rule -> without(rule, problems))
                    .filter(Proposals::selectsSomething)
                    .toList();
            if (fewer.equals(left)) {
                break; // The rules of the configuration contradict each other, which is not for us to say.
            }
            left = fewer;
        }
        return left;
    }

    private static MaskRule without(MaskRule rule, List<SelectorProblem> problems) {
        List<String> json = rule.json().stream()
                .filter(text -> problems.stream()
                        .noneMatch(problem -> problem.rule().equals(rule.name())
                                && problem.selector().equals(text)))
                .toList();
        return new MaskRule(
                rule.name(),
                rule.action(),
                json,
                rule.form(),
                rule.query(),
                rule.headers(),
                rule.cookies(),
                rule.xml(),
                rule.detect(),
                rule.pattern(),
                rule.contentTypes());
    }

    private static int selectors(List<MaskRule> rules) {
        return rules.stream().mapToInt(rule -> rule.json().size()).sum();
    }

    private static boolean selectsSomething(MaskRule rule) {
        return Stream.of(RuleKey.values()).anyMatch(key -> !key.of(rule).isEmpty());
    }
}
