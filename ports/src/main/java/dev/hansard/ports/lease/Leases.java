// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives leases to the nodes that share a control store. When one ends is decided by the clock of the store alone, so
 * the clocks of the nodes may differ. A process that was stopped for so long that its lease went to another one does
 * not know it: therefore each change of the control store that is made {@link #under} a lease is made only if the lease
 * is still held, tested in the transaction of the change itself. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Leases {
    /** The longest time that a lease is given for at once. */
    Duration LONGEST = Duration.ofHours(1);

    /**
     * Takes the lease of this name, if nobody has it; not even a process of the same node, which may be the last one
     * that was killed.
     *
     * @param time for how long, unless it is renewed; positive and at most {@link #LONGEST}
     * @return null when somebody has it
     * @throws dev.hansard.ports.session.StorageException when the store cannot be asked
     */
    @Nullable
    Lease acquire(String name, NodeName node, Duration time);

    /**
     * Prolongs a lease that is still held.
     *
     * @param time from now
     * @return false when it is over; it does not come back
     * @throws dev.hansard.ports.session.StorageException when the store cannot be asked; it may be held or not
     */
    boolean renew(Lease lease, Duration time);

    /** Ends a lease, if it is still held, so that another may have it at once. */
    void release(Lease lease);

    /**
     * Does something under a lease. What it changes in this control store, on the thread that calls, throws
     * {@link LeaseLostException} instead once the lease is over. The audit log alone is written in any case, since it
     * says what has happened.
     *
     * @param work changes nothing else but what may be changed twice: objects of a payload store and rows of a catalog
     *     know nothing of leases
     */
    void under(Lease lease, Runnable work);
}
