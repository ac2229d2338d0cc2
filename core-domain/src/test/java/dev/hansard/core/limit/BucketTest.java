// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final long SECOND = 1_000_000_000;

    @Provide
    static Arbitrary<RateLimit> limits() {
        Arbitrary<Rate> rates = Combinators.combine(
                        Arbitraries.integers().between(1, Rate.MOST_CALLS), Arbitraries.of(Rate.Period.class))
                .as(Rate::new);
        return Combinators.combine(rates, Arbitraries.integers().between(1, 50))
                .as((rate, burst) -> new RateLimit(rate, burst, RateLimit.Per.SERVICE));
    }

    /** Pauses in thousandths of what one call takes, so that they lie about where it is decided. */
    @Provide
    static Arbitrary<List<Integer>> pauses() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 2_000), Arbitraries.of(0, 1, 999, 1_000, 1_001, 40_000))
                .list()
                .ofMaxSize(200);
    }

    private static List<Long> times(RateLimit limit, List<Integer> pauses) {
        var times = new ArrayList<Long>();
        long now = 0;
        for (int pause : pauses) {
            now += pause * limit.rate().interval() / 1_000;
            times.add(now);
        }
        return times;
    }

    @Property
    void letsNoMoreThroughInAnyTimeThanTheRateAndABurst(
            @ForAll("limits") RateLimit limit, @ForAll("pauses") List<Integer> pauses) {
        var bucket = new Bucket(limit, 0);

        List<Long> passed = times(limit, pauses).stream()
                .filter(now -> bucket.take(now) == 0)
                .toList();

        for (int first = 0; first < passed.size(); first++) {
            for (int last = first; last < passed.size(); last++) {
                long time = passed.get(last) - passed.get(first);
                assertThat(last - first + 1L)
                        .isLessThanOrEqualTo(limit.burst() + time / limit.rate().interval());
            }
        }
    }

    /** The model: a bucket of so many tokens that fills at the rate, counted in parts of a token. */
    @Property
    void agreesWithABucketOfTokens(@ForAll("limits") RateLimit limit, @ForAll("pauses") List<Integer> pauses) {
        var bucket = new Bucket(limit, 0);
        long interval = limit.rate().interval();
        long level = limit.burst() * interval;
        long before = 0;

        for (long now : times(limit, pauses)) {
            level = Math.min(limit.burst() * interval, level + now - before);
            before = now;
            long wait = bucket.take(now);
            assertThat(wait).isEqualTo(Math.max(0, interval - level));
            level -= wait == 0 ? interval : 0;
        }
    }

    @Property
    void namesAWaitThatIsEnoughAndNoLongerThanNeeded(
            @ForAll("limits") RateLimit limit, @ForAll("pauses") List<Integer> pauses) {
        var bucket = new Bucket(limit, 0);

        for (long now : times(limit, pauses)) {
            long wait = bucket.take(now);
            if (wait > 0) {
                assertThat(bucket.take(now + wait - 1)).isEqualTo(1);
                assertThat(bucket.take(now + wait)).isZero();
                return;
            }
        }
    }

    @Property
    void isAsBeforeWhenACallIsGivenBack(@ForAll("limits") RateLimit limit, @ForAll("pauses") List<Integer> pauses) {
        var bucket = new Bucket(limit, 0);
        var untouched = new Bucket(limit, 0);

        for (long now : times(limit, pauses)) {
            if (bucket.take(now) == 0) {
                bucket.giveBack();
            }
            assertThat(bucket.take(now)).isEqualTo(untouched.take(now));
        }
    }

    @Property
    void endsOnlyAsGoodAsNew(@ForAll("limits") RateLimit limit, @ForAll("pauses") List<Integer> pauses) {
        var bucket = new Bucket(limit, 0);
        List<Long> times = times(limit, pauses);
        times.forEach(bucket::take);
        long end = times.isEmpty() ? 0 : times.getLast();

        boolean isRetired = bucket.retire(end);

        assertThat(bucket.take(end) == Bucket.RETIRED).isEqualTo(isRetired);
        long whole = end + limit.burst() * limit.rate().interval();
        assertThat(isRetired || bucket.retire(whole)).isTrue();
    }

    @Test
    void countsUpToAMillionASecondAndDownToOneAnHour() {
        assertThat(new Rate(Rate.MOST_CALLS, Rate.Period.SECOND).interval()).isEqualTo(1_000);
        assertThat(new Rate(3, Rate.Period.SECOND).interval()).isEqualTo(333_333_334);
        var slow = new Bucket(new RateLimit(new Rate(1, Rate.Period.HOUR), Rate.MOST_CALLS, RateLimit.Per.SERVICE), 0);

        for (int i = 0; i < Rate.MOST_CALLS; i++) {
            assertThat(slow.take(0)).isZero();
        }

        assertThat(slow.take(0)).isEqualTo(3_600 * SECOND);
    }

    @Test
    void letsNoMoreThroughWhenManyAskAtOnce() throws InterruptedException {
        var limit = new RateLimit(new Rate(1_000, Rate.Period.SECOND), 100, RateLimit.Per.SERVICE);
        var bucket = new Bucket(limit, 0);
        var time = new AtomicLong();
        var passed = new AtomicLong();

        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        if (bucket.take(time.addAndGet(10_000)) == 0) {
                            passed.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        // 80,000 calls at 10 microseconds each are 0.8 s: 800 calls and the burst.
        assertThat(passed.get()).isBetween(800L, 900L);
    }
}
