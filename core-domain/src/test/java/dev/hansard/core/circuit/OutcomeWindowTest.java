// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutcomeWindowTest {
    private static final long WINDOW = 1_000;
    private static final long START = -400;

    private final OutcomeWindow window = new OutcomeWindow(WINDOW, START);

    @Property
    void countsWhatLiesInItsLastTenSteps(@ForAll @Size(max = 100) List<@IntRange(min = 0, max = 700) Integer> pauses) {
        var tested = new OutcomeWindow(WINDOW, START);
        var times = new ArrayList<Long>();
        long now = START;

        for (int pause : pauses) {
            now += pause;
            tested.failed(now);
            times.add(now);
            long oldest = (now - START) / 100 - 9;
            long counted = times.stream()
                    .filter(time -> (time - START) / 100 >= oldest)
                    .count();
            assertThat(tested.isBeyond(100, (int) counted, now)).isTrue();
            assertThat(tested.isBeyond(100, (int) counted + 1, now)).isFalse();
        }
    }

    @Test
    void keepsTheShareWhenItCanCountNoFurther() {
        for (int i = 0; i < 3_000_000; i++) {
            if (i % 4 == 0) {
                window.failed(START);
            } else {
                window.succeeded(START);
            }
        }

        assertThat(window.isBeyond(24, 100_000, START)).isTrue();
        assertThat(window.isBeyond(26, 100_000, START)).isFalse();
    }

    @Test
    void losesNoCountWhenManyCountAtOnce() throws InterruptedException {
        var threads = new ArrayList<Thread>();

        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int call = 0; call < 1_000; call++) {
                    window.failed(START);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(window.isBeyond(100, 16_000, START)).isTrue();
        assertThat(window.isBeyond(100, 16_001, START)).isFalse();
    }
}
