// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Ticket;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A frame on its way into the spool, and the ticket for it. The writer owns it but for the ticket. */
final class Entry implements Ticket {
    /** The ticket of what was refused at once. */
    static final Ticket REFUSED = _ -> Commit.FAILED;

    private final EncodedFrame frame;
    private final @Nullable SlotFlight flight;
    private final boolean carried;
    private final Patience patience;
    private final ConcurrentLinkedQueue<Patience.Wait> waits = new ConcurrentLinkedQueue<>();
    private volatile boolean urgent;
    private volatile Commit commit = Commit.LATE;
    private volatile @Nullable Runnable hurry;
    private long sequence = -1;
    private long fileNumber;
    private long offset;

    /**
     * @param flight what ends with it
     * @param urgent whether somebody waits for it
     * @param carried whether it is an intent taken over from a file that is going to be deleted
     * @param patience of those who wait for it
     */
    Entry(EncodedFrame frame, @Nullable SlotFlight flight, boolean urgent, boolean carried, Patience patience) {
        this.frame = frame;
        this.flight = flight;
        this.urgent = urgent;
        this.carried = carried;
        this.patience = patience;
    }

    EncodedFrame frame() {
        return frame;
    }

    @Nullable
    SlotFlight flight() {
        return flight;
    }

    boolean isUrgent() {
        return urgent;
    }

    boolean isCarried() {
        return carried;
    }

    /** What to run when somebody begins to wait for an entry that was not urgent. */
    void onHurry(Runnable action) {
        hurry = action;
    }

    boolean isPlaced() {
        return sequence >= 0;
    }

    long sequence() {
        return sequence;
    }

    void sequence(long number) {
        sequence = number;
    }

    void place(long number, long at) {
        fileNumber = number;
        offset = at;
    }

    long fileNumber() {
        return fileNumber;
    }

    long offset() {
        return offset;
    }

    void settle(Commit how) {
        commit = how;
        waits.forEach(Patience.Wait::wake);
    }

    @Override
    public Commit await(Duration limit) {
        Runnable action = hurry;
        if (!urgent && action != null) {
            urgent = true;
            action.run();
        }
        return commit == Commit.LATE && limit.isPositive() ? parked(limit.toNanos()) : commit;
    }

    private Commit parked(long limitNanos) {
        Patience.Wait wait = patience.begin(limitNanos);
        waits.add(wait);
        try {
            // Looked at again after the wait is known, so that what came in between is not slept through.
            while (commit == Commit.LATE
                    && !wait.isOver()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            return commit;
        } finally {
            wait.end();
            waits.remove(wait);
        }
    }
}
