// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.session.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Has expired sessions removed when the schedule says so, and before that when something has stayed for so long that it
 * would otherwise stay for more than a day longer than its class says. Somebody calls {@link #tick} once a minute;
 * nothing happens in between.
 */
public final class RetentionKeeper {
    private static final Logger LOG = System.getLogger(RetentionKeeper.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final Pruner pruner;
    private final ClockCheck clock;
    private final HeldSegments held;
    private final Schedule schedule;
    private final InstantSource wall;
    private Instant next;
    private Instant look;
    private Instant last;

    public RetentionKeeper(Pruner pruner, ClockCheck clock, HeldSegments held, Schedule schedule, InstantSource wall) {
        this.held = held;
        this.pruner = pruner;
        this.clock = clock;
        this.schedule = schedule;
        this.wall = wall;
        this.last = wall.instant();
        this.next = schedule.next(last);
        this.look = last;
    }

    /** When the next run is scheduled. */
    public synchronized Instant next() {
        return next;
    }

    /** Looks whether there is something to do, and does it. */
    public synchronized void tick() {
        Instant now = wall.instant();
        if (now.isBefore(last)) {
            // The clock went back: what was planned by it is planned anew.
            next = schedule.next(now);
            look = now;
        }
        last = now;
        try {
            clock.doubt();
            boolean isScheduled = !now.isBefore(next);
            boolean looks = !now.isBefore(look);
            if (looks) {
                look = now.plus(LOOK_EVERY);
                held.settle();
            }
            if (isScheduled) {
                next = schedule.next(now);
            }
            if (isScheduled || (looks && pruner.isOverdue())) {
                tell(pruner.prune());
            }
        } catch (StorageException e) {
            // Tried again with the next look, at the latest when it is overdue.
            pruner.failed(String.valueOf(e.getMessage()));
            LOG.log(Level.WARNING, "Expired sessions could not be removed: {0}", e.getMessage());
        }
    }

    private static void tell(Pruning pruning) {
        switch (pruning) {
            case Pruning.Done(int segments, long sessions, long bytes, long left) -> {
                if (segments > 0 || left > 0) {
                    LOG.log(
                            Level.INFO,
                            "Removed {0} expired sessions of {1} segments, {2} bytes; {3} segments wait",
                            sessions,
                            segments,
                            bytes,
                            left);
                }
            }
            case Pruning.Withheld(String why) ->
                LOG.log(Level.ERROR, "Expired sessions are not removed, because the clock is in doubt: {0}", why);
        }
    }
}
