// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final AtomicLong now = new AtomicLong(START);
    private final SessionIds ids = new SessionIds(() -> Instant.ofEpochMilli(now.get()), new Random(1));

    @Test
    void holdsTheTimeOfItsMaking() {
        SessionId id = ids.next();

        assertThat(id.epochMillis()).isEqualTo(START);
        assertThat(SessionId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void countsOnPastAFullCounter() {
        List<SessionId> made =
                IntStream.range(0, 10_000).mapToObj(_ -> ids.next()).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made.getLast().epochMillis() - START).isBetween(1L, 3L);
    }

    @Property
    void growsWhateverTheClockDoes(
            @ForAll @Size(max = 200) List<@IntRange(min = -10_000, max = 10_000) Integer> steps) {
        var made = new ArrayList<SessionId>();
        for (int step : steps) {
            now.addAndGet(step);
            made.add(ids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void takesUpTheClockAgainOnceItHasCaughtUp() {
        ids.next();
        now.addAndGet(-5_000);
        ids.next();
        now.addAndGet(6_000);

        assertThat(ids.next().epochMillis()).isEqualTo(now.get());
    }

    @Test
    void givesEachThreadItsOwn() {
        var made = new ConcurrentLinkedQueue<SessionId>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> IntStream.range(0, 5_000).forEach(_ -> made.add(ids.next())));
            }
        }

        // The counters differ, not only the random ends.
        var prefixes = new HashSet<Long>();
        made.forEach(id -> prefixes.add(id.high()));
        assertThat(prefixes).hasSize(40_000);
    }
}
