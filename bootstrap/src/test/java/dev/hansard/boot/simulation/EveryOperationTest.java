// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hansard.boot.simulation.NodeSimulation.Length;
import dev.hansard.boot.simulation.OneTrouble.Case;
import dev.hansard.boot.simulation.OneTrouble.Part;
import dev.hansard.boot.simulation.OneTrouble.Way;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * One short life of a node, once for each operation that it does on a disk or a store: that one fails, or the process
 * dies in it, and all that holds in {@link NodeSimulationTest} must hold. By default for a few hundred of them, chosen
 * by their distance; {@code -Dhansard.every-operation=true} takes each.
 */
final class EveryOperationTest {
    private static final long SEED = 8;
    private static final int MOST_OF_A_KIND = 40;
    private static final Weather WEATHER = new Weather(true, true, true, true, true, false, false);
    private static final Case NOTHING = new Case(Part.SPOOL, Way.ERROR, 0);

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
    void keepsItsPromisesWhicheverOperationFails() throws IOException {
        Map<Part, Long> operations = run(NOTHING).done();
        var failures = new ConcurrentSkipListMap<String, Throwable>();

        List<Case> cases = cases(operations).toList();
        cases.parallelStream().forEach(one -> {
            try {
                run(one);
            } catch (Exception | Error e) {
                failures.put(one.toString(), e);
            }
        });

        assertThat(operations.values()).as("operations of each part").allMatch(count -> count > 15);
        assertThat(failures).isEmpty();
        System.out.println(
                "simulated: " + cases.size() + " runs with one trouble each, of " + operations + ", 0 violations");
    }

    private static Stream<Case> cases(Map<Part, Long> operations) {
        return operations.entrySet().stream().flatMap(each -> {
            long count = each.getValue();
            long step = Boolean.getBoolean("hansard.every-operation") ? 1 : 1 + count / MOST_OF_A_KIND;
            return Stream.iterate(1L, at -> at <= count, at -> at + step)
                    .flatMap(at -> Stream.of(Way.values()).map(way -> new Case(each.getKey(), way, at)));
        });
    }

    private static OneTrouble run(Case one) throws IOException {
        var trouble = new AtomicReference<@Nullable OneTrouble>();
        var simulation = new NodeSimulation(SEED, WEATHER, Length.SHORT, (world, _) -> {
            var made = new OneTrouble(world, one);
            trouble.set(made);
            return made;
        });
        simulation.run();
        return Objects.requireNonNull(trouble.get());
    }
}
