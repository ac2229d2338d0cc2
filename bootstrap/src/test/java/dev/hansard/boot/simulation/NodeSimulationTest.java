// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Hundreds of short lives of a node, because a short one that fails is easy to read. A failure names its seed: {@code
 * -Dhansard.seed=N} runs that one alone, {@code -Dhansard.simulations=100000} with {@code -Dhansard.simulation.seed=N}
 * many from there on.
 */
final class NodeSimulationTest {
    private static final int RUNS = Integer.getInteger("hansard.simulations", 500);
    private static final long FIRST = Long.getLong("hansard.simulation.seed", 1);

    private static final Logger STORAGE = (Logger) LoggerFactory.getLogger("dev.hansard");

    @BeforeAll
    static void keepsQuiet() {
        STORAGE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speaks() {
        STORAGE.setLevel(null);
    }

    @Test
    @Timeout(36_000)
    void keepsItsPromisesWhateverHappens() {
        Long only = Long.getLong("hansard.seed");
        var tally = new Tally();
        LongStream seeds = only == null ? LongStream.range(FIRST, FIRST + RUNS) : LongStream.of(only);

        seeds.parallel().forEach(tally::run);

        tally.requireNoFailure();
        System.out.println("simulated: " + tally + ", first seed " + (only == null ? FIRST : only));
    }

    /** What came of all runs. */
    private static final class Tally {
        private final LongAdder exchanges = new LongAdder();
        private final LongAdder acknowledged = new LongAdder();
        private final LongAdder gone = new LongAdder();
        private final NavigableMap<Long, Throwable> failures = new ConcurrentSkipListMap<>();

        void run(long seed) {
            try {
                NodeSimulation.Outcome outcome = new NodeSimulation(seed).run();
                exchanges.add(outcome.exchanges());
                acknowledged.add(outcome.acknowledged());
                gone.add(outcome.gone());
            } catch (Exception | Error e) {
                failures.put(seed, e);
            }
        }

        void requireNoFailure() {
            if (!failures.isEmpty()) {
                long seed = failures.firstKey();
                throw new AssertionError(
                        failures.size() + " runs failed; the first alone: -Dhansard.seed=" + seed + " in "
                                + Weather.of(seed) + "; all:\n" + listed(),
                        failures.firstEntry().getValue());
            }
        }

        private String listed() {
            return failures.entrySet().stream()
                    .map(each -> each.getKey() + " " + Weather.of(each.getKey())
                            + String.valueOf(each.getValue()).lines().limit(3).collect(Collectors.joining(" ")))
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public String toString() {
            return exchanges + " exchanges, " + acknowledged + " acknowledged, " + gone + " pruned or erased, "
                    + failures.size() + " violations";
        }
    }
}
