// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.lease.InMemoryLeases;
import dev.hansard.ports.value.NodeName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasedJobTest {
    private long nanos;
    private final InMemoryLeases leases = new InMemoryLeases(() -> nanos);
    private final List<String> done = new ArrayList<>();

    private LeasedJob job(String node) {
        return new LeasedJob("some-work", new NodeName(node), leases, () -> {
            leases.require();
            done.add(node);
        });
    }

    @Test
    void isDoneByOneNodeAlone() {
        LeasedJob one = job("one");
        LeasedJob two = job("two");

        assertThat(one.tick()).isTrue();
        assertThat(two.tick()).isFalse();
        assertThat(one.tick()).isTrue();

        assertThat(done).containsExactly("one", "one");
    }

    @Test
    void goesOnAtAnotherNodeAtOnceWhenItsNodeStops() {
        LeasedJob one = job("one");
        LeasedJob two = job("two");
        one.tick();

        one.close();

        assertThat(two.tick()).isTrue();
        assertThat(one.tick()).isFalse();
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void goesOnAtAnotherNodeWhenItsNodeIsSilent() {
        LeasedJob one = job("one");
        LeasedJob two = job("two");
        one.tick();

        nanos += LeasedJob.TIME.toNanos();

        assertThat(two.tick()).isTrue();
        assertThat(one.tick()).isFalse();
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void staysWhereItIsAsLongAsItIsRenewed() {
        LeasedJob one = job("one");
        LeasedJob two = job("two");
        one.tick();

        for (int i = 0; i < 20; i++) {
            nanos += LeasedJob.RENEWAL.toNanos();
            one.renew();
            assertThat(two.tick()).isFalse();
        }

        assertThat(done).containsExactly("one");
    }

    /** As a process that is stopped in the midst of its work, and wakes when another has the lease. */
    @Test
    void changesNothingOnceItsLeaseWentToAnother() {
        LeasedJob two = job("two");
        var one = new LeasedJob("some-work", new NodeName("one"), leases, () -> {
            leases.require();
            done.add("one before");
            nanos += LeasedJob.TIME.toNanos();
            two.tick();
            leases.require();
            done.add("one after");
        });

        assertThat(one.tick()).isFalse();

        assertThat(done).containsExactly("one before", "two");
        assertThat(two.tick()).isTrue();
    }
}
