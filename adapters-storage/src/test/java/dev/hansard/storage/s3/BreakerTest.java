// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long REST = 1000;

    private long now;
    private final Breaker breaker = new Breaker(() -> now, 3, REST);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    @Test
    void letsRequestsThroughUntilSomeHaveFailedInARow() {
        fail(2);
        breaker.succeeded();
        fail(2);

        assertThat(breaker.allows()).isTrue();
        fail(1);
        assertThat(breaker.allows()).isFalse();
    }

    @Test
    void letsOneTryAfterARest() {
        fail(3);

        now += REST;

        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isFalse();
    }

    @Test
    void restsAgainWhenTheTryFails() {
        fail(3);
        now += REST;
        breaker.allows();

        breaker.failed();
        now += REST - 1;

        assertThat(breaker.allows()).isFalse();
    }

    @Test
    void letsAllThroughOnceATrySucceeds() {
        fail(3);
        now += REST;
        breaker.allows();

        breaker.succeeded();

        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isTrue();
    }
}
