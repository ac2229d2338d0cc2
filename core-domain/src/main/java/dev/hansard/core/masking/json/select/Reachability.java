// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.json.select.Selector.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds selectors that can never select a value, because others select it, or something that it lies in, whatever
 * the content is. It walks all ways down that a selector takes, with one unknown name and index for all that no
 * selector names, until one gets through.
 */
final class Reachability {
    /** Past it a selector counts as reachable: a check must not take longer than it is worth. */
    private static final int MAX_WAYPOINTS = 2_000;

    private final JsonSelectors all;
    private final Automaton paths;
    private final Selector asked;
    private final List<Child> children = new ArrayList<>();
    private final ArrayDeque<Waypoint> ahead = new ArrayDeque<>();
    private final Set<Waypoint> seen = new HashSet<>();
    private final Set<Integer> blockers = new HashSet<>();

    /** Where a way has led to: how many steps of the selector are done, and what is left of the others. */
    private record Waypoint(int steps, BitSet others) {}

    /** One kind of child: a member or an element, unknown where null or without an index. */
    private record Child(boolean isName, @Nullable KnownName name, int index) {
        boolean isTakenBy(Step step) {
            boolean unknown = isName ? name == null : index == Selector.NO_INDEX;
            return unknown ? step.any() : step.takes(isName, name == null ? "" : name.name, index);
        }
    }

    private Reachability(JsonSelectors all, Selector asked) {
        this.all = all;
        this.paths = all.paths();
        this.asked = asked;
        children.add(new Child(true, null, Selector.NO_INDEX));
        children.add(new Child(false, null, Selector.NO_INDEX));
        all.names().all().forEach(name -> children.add(new Child(true, name, Selector.NO_INDEX)));
        for (int index : paths.indexes()) {
            children.add(new Child(false, null, index));
        }
    }

    static List<SelectorProblem> problems(JsonSelectors all) {
        var problems = new ArrayList<SelectorProblem>();
        for (Selector selector : all.selectors()) {
            var check = new Reachability(all, selector);
            if (!check.isReachable() && check.isContradicted()) {
                problems.add(new SelectorProblem(selector.rule().name(), selector.text(), 1, check.what()));
            }
        }
        return problems;
    }

    private boolean isReachable() {
        var root = new long[paths.words];
        paths.start(root, 0);
        paths.without(asked.rank(), root);
        if (arrive(0, root, Automaton.NOTHING)) {
            return true;
        }
        while (!ahead.isEmpty()) {
            if (seen.size() > MAX_WAYPOINTS || follow(ahead.remove())) {
                return true;
            }
        }
        return false;
    }

    private boolean follow(Waypoint from) {
        Step step = asked.steps().get(from.steps());
        for (Child child : children) {
            boolean taken = child.isTakenBy(step);
            if (!taken && !step.descend()) {
                continue;
            }
            long[] row = child(from, child);
            int rank = child.isName() ? all.rankOf(child.name()) : Automaton.NOTHING;
            boolean got = taken && arrive(from.steps() + 1, row, rank);
            if (got || (step.descend() && arrive(from.steps(), row, rank))) {
                return true;
            }
        }
        return false;
    }

    private long[] child(Waypoint from, Child child) {
        var rows = new long[2 * paths.words];
        long[] parent = from.others().toLongArray();
        System.arraycopy(parent, 0, rows, 0, parent.length);
        if (child.isName()) {
            paths.member(rows, 0, paths.words, child.name());
        } else {
            paths.element(rows, 0, paths.words, child.index() < 0 ? Integer.MAX_VALUE : child.index());
        }
        return Arrays.copyOfRange(rows, paths.words, rows.length);
    }

    /** True when the selector has come to its end at a value that no other has taken. */
    private boolean arrive(int steps, long[] row, int rankOfName) {
        int rank = Math.min(rankOfName == asked.rank() ? Automaton.NOTHING : rankOfName, paths.rank(row, 0));
        boolean arrived = steps == asked.steps().size();
        if (rank != Automaton.NOTHING && (!arrived || rank < asked.rank())) {
            blockers.add(rank);
            return false;
        }
        var waypoint = new Waypoint(steps, BitSet.valueOf(row));
        if (!arrived && seen.add(waypoint)) {
            // The farther on the sooner: most selectors get through on their straight way.
            if (ahead.isEmpty() || steps > ahead.getFirst().steps()) {
                ahead.addFirst(waypoint);
            } else {
                ahead.addLast(waypoint);
            }
        }
        return arrived;
    }

    /** Whether it would do something else than what is done in its place: the same twice does no harm. */
    private boolean isContradicted() {
        return blockers.stream()
                .anyMatch(rank -> !all.selectors()
                        .get(rank)
                        .rule()
                        .action()
                        .equals(asked.rule().action()));
    }

    private String what() {
        List<String> before = blockers.stream()
                .sorted()
                .map(rank -> all.selectors().get(rank))
                .map(other -> "'%s' of rule '%s' (%s)"
                        .formatted(
                                other.text(),
                                other.rule().name(),
                                other.rule().action().word()))
                .toList();
        return "can never select a value, because %s already does; remove one of them"
                .formatted(String.join(" or ", before));
    }
}
