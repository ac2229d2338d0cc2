// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyRefresherTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SELDOM = Duration.ofHours(1);

    private final AtomicInteger attempts = new AtomicInteger();

    private KeyRefresher refresher(Duration every, KeyRefresher.Attempt attempt) {
        return new KeyRefresher("keys-of-test", every, new Random(7), attempt);
    }

    private boolean succeed() {
        return attempts.incrementAndGet() > 0;
    }

    private boolean fail() {
        return attempts.incrementAndGet() < 0;
    }

    @Test
    void fetchesAtOnceAndThenFromTimeToTime() {
        try (var refresher = refresher(OFTEN, this::succeed)) {
            refresher.start();

            await().untilAtomic(attempts, count -> assertThat(count).isGreaterThan(3));
        }
    }

    @Test
    void triesAgainSoonAfterAFailure() {
        try (var refresher = refresher(SELDOM, this::fail)) {
            refresher.start();

            await().untilAtomic(attempts, count -> assertThat(count).isGreaterThan(1));
        }
    }

    @Test
    void fetchesWhenItIsAsked() {
        try (var refresher = refresher(SELDOM, this::succeed)) {
            refresher.start();
            await().untilAtomic(attempts, count -> assertThat(count).isPositive());
            refresher.begun();

            refresher.ask();

            await().untilAtomic(attempts, count -> assertThat(count).isGreaterThan(1));
        }
    }

    @Test
    void hasOneThreadHoweverOftenItIsStarted() {
        var held = new CountDownLatch(1);
        try (var refresher = refresher(SELDOM, () -> {
            attempts.incrementAndGet();
            held.await();
            return true;
        })) {
            refresher.start();
            refresher.start();

            await().untilAtomic(attempts, count -> assertThat(count).isEqualTo(1));
        }
    }

    @Test
    void endsWhenItIsClosed() {
        var refresher = refresher(OFTEN, this::succeed);
        refresher.start();

        refresher.close();
        refresher.start();

        assertThat(refresher.isEnded()).isTrue();
    }
}
