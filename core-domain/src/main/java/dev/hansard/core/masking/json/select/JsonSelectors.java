// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.json.select.SelectorParser.Refused;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.Treatment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that rules select in JSON, made ready to be followed value by value. Of several selectors that select one
 * value the first wins, in the order of the rules; what lies in a selected object or array is gone with it.
 * Immutable; safe for any number of threads.
 */
public final class JsonSelectors {
    /** Selects nothing. */
    public static final JsonSelectors NONE = new JsonSelectors(List.of());

    private final NameTable names;
    /** By the id of a name: the rank of the selector that takes it at any depth, or {@link Automaton#NOTHING}. */
    private final int[] rankOfName;

    private final Automaton paths;
    private final List<Selector> selectors;
    private final Treatment[] treatments;

    private JsonSelectors(List<Selector> selectors) {
        this.selectors = List.copyOf(selectors);
        treatments =
                selectors.stream().map(selector -> selector.rule().treatment()).toArray(Treatment[]::new);
        names = new NameTable(selectors.stream()
                .flatMap(selector -> selector.steps().stream())
                .filter(Selector.Step::named)
                .map(Selector.Step::name)
                .distinct()
                .toList());
        rankOfName = new int[names.all().size()];
        Arrays.fill(rankOfName, Automaton.NOTHING);
        for (Selector selector : selectors.reversed()) {
            if (selector.isName()) {
                rankOfName[names.idOf(selector.steps().getFirst().name())] = selector.rank();
            }
        }
        paths = new Automaton(selectors.stream().filter(s -> !s.isName()).toList(), names);
    }

    /**
     * Makes the {@code json} selectors of rules ready. Selectors that are wrong, and those that can never select a
     * value because others with another action always do so first, are all reported.
     *
     * @param rules those that apply to a content, in their order
     */
    public static SelectorCheck compile(List<MaskRule> rules) {
        var problems = new ArrayList<SelectorProblem>();
        var compiled = new JsonSelectors(parsed(rules, problems));
        if (problems.isEmpty()) {
            problems.addAll(Reachability.problems(compiled));
        }
        return problems.isEmpty() ? new SelectorCheck.Sound(compiled) : new SelectorCheck.Faulty(problems);
    }

    /**
     * Makes selectors ready that are known to be written well, whether or not each can be reached: rules that are
     * always on stand beside those of users, and a content type may leave few of all rules.
     *
     * @throws IllegalArgumentException when one is not written well
     */
    public static JsonSelectors of(List<MaskRule> rules) {
        var problems = new ArrayList<SelectorProblem>();
        var compiled = new JsonSelectors(parsed(rules, problems));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().detail());
        }
        return compiled;
    }

    private static List<Selector> parsed(List<MaskRule> rules, List<SelectorProblem> problems) {
        var selectors = new ArrayList<Selector>();
        for (MaskRule rule : rules) {
            for (String text : rule.json()) {
                try {
                    selectors.add(new Selector(selectors.size(), rule, text, SelectorParser.parse(text)));
                } catch (Refused e) {
                    problems.add(new SelectorProblem(rule.name(), text, e.column, e.what));
                }
            }
        }
        return selectors;
    }

    public boolean isEmpty() {
        return treatments.length == 0;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The known name that stands there in ASCII without escapes; null for another. */
    public @Nullable KnownName ascii(byte[] bytes, int from, int to) {
        return names.ascii(bytes, from, to);
    }

    /** The known name that stands there in UTF-8 without escapes; null for another. */
    public @Nullable KnownName wide(byte[] bytes, int from, int to) {
        return names.wide(bytes, from, to);
    }

    NameTable names() {
        return names;
    }

    Automaton paths() {
        return paths;
    }

    /** The rank of the selector that takes members of that name wherever they are. */
    int rankOf(@Nullable KnownName name) {
        return name == null ? Automaton.NOTHING : rankOfName[name.id];
    }

    /** What the selector of that rank does; null for {@link Automaton#NOTHING}. */
    @Nullable
    Treatment treatment(int rank) {
        return rank == Automaton.NOTHING ? null : treatments[rank];
    }
}
