// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of leases has to do. */
public interface LeasesContract {
    String WORK = "some-work";
    NodeName ONE = new NodeName("node-1");
    NodeName TWO = new NodeName("node-2");
    Duration TIME = Duration.ofMinutes(2);

    /** Opens those of a folder, as they were left. */
    Opened open(Path folder);

    /** Open leases. */
    interface Opened extends AutoCloseable {
        Leases leases();

        /** Moves the clock of the store on. */
        void pass(Duration time);

        /** Makes some change of the same store. */
        void change();

        /** How many changes were made. */
        int changes();

        @Override
        void close();
    }

    private static Lease taken(Opened opened, NodeName node) {
        return Objects.requireNonNull(opened.leases().acquire(WORK, node, TIME));
    }

    @Test
    default void givesALeaseToOneAlone(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease lease = taken(opened, ONE);

            assertThat(lease.name()).isEqualTo(WORK);
            assertThat(lease.node()).isEqualTo(ONE);
            assertThat(opened.leases().acquire(WORK, TWO, TIME)).isNull();
            assertThat(opened.leases().acquire(WORK, ONE, TIME)).isNull();
            assertThat(opened.leases().acquire("other-work", TWO, TIME)).isNotNull();
        }
    }

    @Test
    default void givesItAgainOnceItIsOverWithAHigherFence(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease first = taken(opened, ONE);
            opened.pass(TIME.plusSeconds(1));

            Lease second = taken(opened, TWO);

            assertThat(second.fence()).isGreaterThan(first.fence());
            assertThat(opened.leases().renew(first, TIME)).isFalse();
            assertThat(opened.leases().renew(second, TIME)).isTrue();
        }
    }

    @Test
    default void keepsALeaseThatIsRenewed(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease lease = taken(opened, ONE);
            for (int i = 0; i < 3; i++) {
                opened.pass(TIME.minusSeconds(20));
                assertThat(opened.leases().renew(lease, TIME)).isTrue();
            }

            assertThat(opened.leases().acquire(WORK, TWO, TIME)).isNull();
        }
    }

    @Test
    default void doesNotRenewWhatIsOverThoughNobodyTookIt(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease lease = taken(opened, ONE);

            opened.pass(TIME.plusSeconds(1));

            assertThat(opened.leases().renew(lease, TIME)).isFalse();
        }
    }

    @Test
    default void givesAtOnceWhatWasReleased(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease first = taken(opened, ONE);
            opened.leases().release(first);

            Lease second = taken(opened, TWO);
            opened.leases().release(first);

            assertThat(second.fence()).isGreaterThan(first.fence());
            assertThat(opened.leases().acquire(WORK, ONE, TIME)).isNull();
        }
    }

    @Test
    default void letsFencesGrowOverRestarts(@TempDir Path folder) {
        Lease first;
        try (Opened opened = open(folder)) {
            first = taken(opened, ONE);
            opened.leases().release(first);
        }

        try (Opened opened = open(folder)) {
            assertThat(taken(opened, ONE).fence()).isGreaterThan(first.fence());
        }
    }

    @Test
    default void refusesChangesUnderALeaseThatIsOver(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease lease = taken(opened, ONE);
            opened.leases().under(lease, opened::change);

            opened.pass(TIME.plusSeconds(1));

            assertThatThrownBy(() -> opened.leases().under(lease, opened::change))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining(WORK);
            assertThat(opened.changes()).isEqualTo(1);
        }
    }

    @Test
    default void refusesChangesUnderALeaseThatAnotherHas(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            Lease lost = taken(opened, ONE);
            opened.pass(TIME.plusSeconds(1));
            Lease held = taken(opened, TWO);

            opened.leases().under(held, opened::change);

            assertThatThrownBy(() -> opened.leases().under(lost, opened::change))
                    .isInstanceOf(LeaseLostException.class);
            opened.change();
            assertThat(opened.changes()).isEqualTo(2);
        }
    }

    @Test
    default void givesOneLeaseToManyThatAskAtOnce(@TempDir Path folder) throws Exception {
        try (Opened opened = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> ask = () -> opened.leases().acquire(WORK, ONE, TIME) != null;

            List<Future<Boolean>> asked = threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask));

            int given = 0;
            for (Future<Boolean> one : asked) {
                given += one.get() ? 1 : 0;
            }
            assertThat(given).isEqualTo(1);
        }
    }

    @Test
    default void refusesWhatIsNoName(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            assertThatThrownBy(() -> opened.leases().acquire("Some work", ONE, TIME))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("Some work");
        }
    }
}
