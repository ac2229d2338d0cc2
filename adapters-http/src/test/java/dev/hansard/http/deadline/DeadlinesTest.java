// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.deadline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlinesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ROUNDS = 2_000;

    // Just before it wraps, as nothing says where the clock of a machine begins.
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - LIMIT.toNanos() / 2);
    private final Deadlines deadlines = new Deadlines(clock::get);
    private final AtomicInteger expiries = new AtomicInteger();

    @AfterEach
    void stop() {
        deadlines.close();
    }

    /** Moves the clock and waits until the ticker has seen it, and so has looked at every deadline once more. */
    private void move(Duration by) {
        long time = clock.addAndGet(by.toNanos());
        await().atMost(10, SECONDS).until(() -> deadlines.now() == time);
        // The tick tells the time before it looks; another deadline shows that it has looked.
        var seen = new AtomicInteger();
        deadlines.watch(seen::incrementAndGet).setAt(time);
        await().atMost(10, SECONDS).until(() -> seen.get() == 1);
    }

    private Deadline deadline() {
        return deadlines.watch(expiries::incrementAndGet);
    }

    @Test
    void passesOnceWhenItsTimeHasCome() {
        Deadline deadline = deadline();
        deadline.set(LIMIT);

        move(LIMIT.minusNanos(1));
        assertThat(deadline.hasPassed()).isFalse();
        move(Duration.ofNanos(1));

        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(expiries).hasValue(1));
        assertThat(deadline.hasPassed()).isTrue();
        move(LIMIT);
        assertThat(expiries).hasValue(1);
    }

    @Test
    void neverPassesUntilItIsSet() {
        Deadline deadline = deadline();

        move(LIMIT);

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void doesNotPassOnceItIsCleared() {
        Deadline deadline = deadline();
        deadline.set(LIMIT);
        deadline.clear();

        move(LIMIT);

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void goesByWhatWasSetLast() {
        Deadline deadline = deadline();
        deadline.set(LIMIT);
        deadline.set(LIMIT.multipliedBy(2).minusSeconds(1));

        move(LIMIT);
        assertThat(deadline.hasPassed()).isFalse();
        deadline.set(Duration.ofSeconds(1));
        move(Duration.ofSeconds(1));

        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void staysPassedWhateverIsSetAfterwards() {
        Deadline deadline = deadline();
        deadline.set(LIMIT);
        move(LIMIT);

        deadline.clear();
        deadline.set(LIMIT);

        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void isNotWatchedOnceItIsClosed() {
        Deadline deadline = deadline();
        deadline.set(LIMIT);
        deadline.close();

        move(LIMIT);

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(expiries).hasValue(0);
    }

    /** What its owner relies on: after a clear it has either passed for good, or will not. */
    @Test
    void isEitherClearedOrPassedWhenBothHappenAtOnce() throws Exception {
        try (ExecutorService owner = Executors.newSingleThreadExecutor()) {
            var barrier = new CyclicBarrier(2);
            for (int i = 0; i < ROUNDS; i++) {
                Deadline deadline = deadline();
                deadline.setAt(0);
                Future<Boolean> passedAtClear = owner.submit(() -> {
                    barrier.await();
                    deadline.clear();
                    return deadline.hasPassed();
                });
                barrier.await();

                boolean ended = deadline.hasPassed(1);

                assertThat(passedAtClear.get()).isEqualTo(ended).isEqualTo(deadline.hasPassed());
                assertThat(deadline.hasPassed(1)).as("it ends once").isFalse();
                deadline.close();
            }
        }
    }
}
