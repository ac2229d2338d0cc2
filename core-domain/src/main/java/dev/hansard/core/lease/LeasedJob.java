// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.lease;

import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.lease.LeaseLostException;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done again and again by one node for all that share a control store. Each of them calls {@link #tick} as
 * often as the work is due, on a thread of its own; the one that has the lease does it and keeps the lease, the others
 * do nothing. Another thread calls {@link #renew} several times in {@link #TIME}, so that long work keeps its lease,
 * too. When the node that has it stops or dies, another goes on: at once, or when the lease is over.
 *
 * <p>A process that was stopped while it worked may wake up after its lease went to another one. Its changes of the
 * control store are refused from then on ({@link Leases#under}), which ends the work.
 */
public final class LeasedJob {
    /** How long a lease lasts without being renewed, and so the longest that work rests after its node has died. */
    public static final Duration TIME = Duration.ofMinutes(2);

    /** How often to renew: three renewals in a row may fail before the lease is over. */
    public static final Duration RENEWAL = TIME.dividedBy(4);

    private static final Logger LOG = System.getLogger(LeasedJob.class.getName());

    private final String name;
    private final NodeName node;
    private final Leases leases;
    private final Runnable work;
    /** Of the thread that ticks; the one that renews takes it away when it is over. */
    private volatile @Nullable Lease held;

    private volatile boolean closed;

    /**
     * A job that nobody does yet.
     *
     * @param name what its lease is called
     * @param work changes only what a lease guards, or what may be changed twice
     */
    public LeasedJob(String name, NodeName node, Leases leases, Runnable work) {
        this.name = Lease.requireName(name);
        this.node = node;
        this.leases = leases;
        this.work = work;
    }

    /** Does the work if it is for this node to do; whether it was done to its end. */
    public boolean tick() {
        Lease lease = lease();
        if (lease == null) {
            return false;
        }
        try {
            leases.under(lease, work);
            return true;
        } catch (LeaseLostException e) {
            held = null;
            LOG.log(Level.WARNING, "Another node does the work now: {0}", e.getMessage());
            return false;
        }
    }

    /** The lease, when this node has it or gets it. It is asked for before each work: it may have been lost unseen. */
    private @Nullable Lease lease() {
        if (closed) {
            return null;
        }
        renew();
        Lease lease = held;
        if (lease == null) {
            lease = acquired();
            held = lease;
        }
        return lease;
    }

    private @Nullable Lease acquired() {
        try {
            return leases.acquire(name, node, TIME);
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "The lease of {0} cannot be asked for: {1}", name, e.getMessage());
            return null;
        }
    }

    /** Prolongs the lease, when this node has it. */
    public void renew() {
        Lease lease = held;
        if (lease == null) {
            return;
        }
        try {
            if (!leases.renew(lease, TIME)) {
                held = null;
            }
        } catch (StorageException e) {
            // Held or not: the changes under it will tell.
            LOG.log(Level.WARNING, "The lease of {0} could not be renewed: {1}", name, e.getMessage());
        }
    }

    /** Gives the lease up so that another node may go on at once. To be called when no tick is under way. */
    public void close() {
        closed = true;
        Lease lease = held;
        held = null;
        if (lease != null) {
            try {
                leases.release(lease);
            } catch (StorageException e) {
                LOG.log(Level.INFO, "The lease of {0} ends by itself: {1}", name, e.getMessage());
            }
        }
    }
}
