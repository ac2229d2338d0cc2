// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MaskGateTest {
    private static final long ALL = 10 << 20;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final MaskGate gate = new MaskGate(ALL);

    @Test
    void letsInWhatFitsTogether() {
        assertThat(gate.enter(ALL / 2, AT_ONCE)).isTrue();
        assertThat(gate.enter(ALL / 2, AT_ONCE)).isTrue();
        assertThat(gate.enter(ALL / 2, AT_ONCE)).isFalse();

        gate.leave(ALL / 2);

        assertThat(gate.enter(ALL / 2, AT_ONCE)).isTrue();
    }

    @Test
    void letsSmallOnesInAtAnyTime() {
        assertThat(gate.enter(ALL, AT_ONCE)).isTrue();

        assertThat(gate.enter(MaskGate.FREE_BYTES, AT_ONCE)).isTrue();
    }

    @Test
    void givesAllThereIsToWhatNeedsMore() {
        assertThat(gate.enter(100 * ALL, AT_ONCE)).isTrue();
        assertThat(gate.enter(ALL / 2, AT_ONCE)).isFalse();

        gate.leave(100 * ALL);

        assertThat(gate.enter(ALL, AT_ONCE)).isTrue();
    }

    @Test
    void letsInTheNextAsSoonAsThereIsRoom() {
        var entered = new AtomicBoolean();
        assertThat(gate.enter(ALL, AT_ONCE)).isTrue();
        Thread waiting = Thread.ofVirtual().start(() -> entered.set(gate.enter(ALL, Duration.ofMinutes(1))));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        gate.leave(ALL);

        await().untilTrue(entered);
    }

    @Test
    void turnsAwayWhoIsInterrupted() {
        assertThat(gate.enter(ALL, AT_ONCE)).isTrue();
        Thread.currentThread().interrupt();

        assertThat(gate.enter(ALL, Duration.ofMinutes(1))).isFalse();

        assertThat(Thread.interrupted()).isTrue();
    }
}
