// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The policies that are in force, and how often each applied since the start. A call takes {@link #current} once, when
 * it is admitted, and is judged by that alone, however long it lasts. Safe for any number of threads.
 */
public final class PolicyBook {
    private final AtomicReference<PolicySet> current;
    private final Map<String, Hits> hits = new ConcurrentHashMap<>();

    public PolicyBook(PolicySet first) {
        current = new AtomicReference<>(first);
    }

    /** The ones that a new call is judged by. */
    public PolicySet current() {
        return current.get();
    }

    /** Puts others in force, for all calls from here on. Counts of policies that have gone are forgotten. */
    public void replace(PolicySet next) {
        current.set(next);
        hits.keySet()
                .removeIf(name -> next.policies().stream()
                        .noneMatch(policy -> policy.name().equals(name)));
    }

    /** Counts what was decided. */
    public void count(Judgement.Made made) {
        for (String name : made.failed()) {
            hits(name).failed.increment();
        }
        for (String name : made.decision().policies()) {
            if (!made.failed().contains(name)) {
                hits(name).applied.increment();
            }
        }
        for (String name : made.decision().observed()) {
            hits(name).applied.increment();
        }
    }

    private Hits hits(String name) {
        return hits.computeIfAbsent(name, _ -> new Hits());
    }

    /** How often a policy applied or, if it observes, would have. */
    public long applied(String name) {
        Hits its = hits.get(name);
        return its == null ? 0 : its.applied.sum();
    }

    /** How often a policy could not be decided on. */
    public long failed(String name) {
        Hits its = hits.get(name);
        return its == null ? 0 : its.failed.sum();
    }

    private static final class Hits {
        final LongAdder applied = new LongAdder();
        final LongAdder failed = new LongAdder();
    }
}
