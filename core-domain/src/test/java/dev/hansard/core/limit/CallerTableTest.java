// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallerTableTest {
    private static final RateLimit ONE_A_SECOND =
            new RateLimit(new Rate(1, Rate.Period.SECOND), 1, RateLimit.Per.CALLER);
    private static final long SECOND = 1_000_000_000;

    private final CallerTable<Bucket> table = new CallerTable<>(now -> new Bucket(ONE_A_SECOND, now), 3);

    private long take(String name, long now) {
        return table.find("mesh", name, now).take(now);
    }

    @Test
    void givesEachCallerOneMeterOfItsOwn() {
        Bucket first = table.find("mesh", "a", 0);

        assertThat(table.find("mesh", "a", 1)).isSameAs(first);
        assertThat(table.find("mesh", "b", 1)).isNotSameAs(first);
        assertThat(table.find("keys", "a", 1)).isNotSameAs(first);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void givesNobodyASecondBurstForComingUnderManyNames() {
        var passed = new HashSet<String>();

        for (int i = 0; i < 1_000; i++) {
            String name = "c" + i % 100;
            if (take(name, i) == 0) {
                passed.add(name);
            }
        }

        // Three have a meter, and all others share one.
        assertThat(passed).containsExactlyInAnyOrder("c0", "c1", "c2", "c3");
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void makesRoomOfThoseWhoHaveRested() {
        IntStream.range(0, 3).forEach(i -> take("c" + i, i * SECOND / 2));

        assertThat(take("new", SECOND)).isZero();
        assertThat(take("new", SECOND)).isPositive();
        assertThat(take("c2", SECOND)).isPositive();
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void looksForRoomNoMoreThanTenTimesASecond() {
        IntStream.range(0, 3).forEach(i -> take("c" + i, 0));
        take("early", SECOND - CallerTable.SWEEP_NANOS / 2);

        Bucket tooSoon = table.find("mesh", "d", SECOND);
        Bucket anothers = table.find("mesh", "d2", SECOND);
        Bucket later = table.find("mesh", "d", SECOND + CallerTable.SWEEP_NANOS / 2);

        assertThat(tooSoon).isSameAs(anothers).isNotSameAs(later);
    }

    @Test
    void keepsThoseOfOneProviderFromCrowdingOutAnothers() {
        IntStream.range(0, 10).forEach(i -> take("c" + i, 0));

        assertThat(table.find("keys", "a", 0).take(0)).isZero();
        assertThat(table.find("keys", "b", 0).take(0)).isZero();
    }

    @Test
    void countsEveryCallWhileMetersComeAndGo() throws InterruptedException {
        var seats = new CallerTable<>(_ -> new Seats(), 100);
        var inside = new AtomicInteger();
        var mostInside = new AtomicInteger();

        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        Seats own = seats.find("mesh", "a", 0);
                        // What a sweep does, at any moment.
                        own.retire(0);
                        switch (own.take(1)) {
                            case TAKEN -> {
                                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                inside.decrementAndGet();
                                own.leave();
                            }
                            case FULL -> Thread.onSpinWait();
                            case RETIRED -> seats.forget("mesh", "a", own);
                        }
                        Seats again = seats.find("mesh", "a", 0);
                        if (again.take(1) == Seats.Taking.TAKEN) {
                            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            again.leave();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(mostInside.get()).isEqualTo(1);
        assertThat(seats.size()).isLessThanOrEqualTo(1);
    }
}
