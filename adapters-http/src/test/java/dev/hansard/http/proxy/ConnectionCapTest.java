// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionCapTest {
    @Test
    void letsInNoMoreThanItsCap() {
        var cap = new ConnectionCap(2, 2);

        assertThat(cap.enter("a")).isTrue();
        assertThat(cap.enter("b")).isTrue();
        assertThat(cap.enter("c")).isFalse();

        assertThat(cap.open()).isEqualTo(2);
    }

    @Test
    void letsInNoMoreThanItsCapFromOneSource() {
        var cap = new ConnectionCap(10, 1);

        assertThat(cap.enter("a")).isTrue();
        assertThat(cap.enter("a")).isFalse();
        assertThat(cap.enter("b")).isTrue();

        assertThat(cap.open()).isEqualTo(2);
    }

    @Test
    void givesAPlaceBackToWhoComesNext() {
        var cap = new ConnectionCap(1, 1);
        boolean first = cap.enter("a");
        boolean whileFull = cap.enter("a");

        cap.leave("a");

        assertThat(first).isTrue();
        assertThat(whileFull).isFalse();
        assertThat(cap.open()).isZero();
        assertThat(cap.enter("a")).isTrue();
    }

    @Test
    void losesNoPlaceByRefusing() {
        var cap = new ConnectionCap(3, 2);
        cap.enter("a");
        cap.enter("a");
        for (int i = 0; i < 10; i++) {
            cap.enter("a");
        }
        cap.leave("a");

        assertThat(cap.enter("a")).isTrue();
        assertThat(cap.enter("b")).isTrue();
        assertThat(cap.open()).isEqualTo(3);
    }

    @Test
    void countsNoneTwiceAndForgetsNoneWhenManyComeAndGo() {
        var cap = new ConnectionCap(8, 4);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                String source = "10.0.0." + i % 5;
                callers.execute(() -> {
                    if (cap.enter(source)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        cap.leave(source);
                    }
                });
            }
        }

        assertThat(most.get()).isBetween(1, 8);
        assertThat(cap.open()).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(cap.enter("10.0.0.0")).isTrue();
        }
        assertThat(cap.enter("10.0.0.0")).isFalse();
    }
}
