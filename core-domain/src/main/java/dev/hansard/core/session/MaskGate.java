// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets contents be masked whose copies fit into a share of the memory together; others wait their turn. Small ones
 * never wait: there are as many at a time as there are processors. Safe for any number of threads.
 */
final class MaskGate {
    /** What needs no more than this passes at once. */
    static final long FREE_BYTES = 256 << 10;

    private static final int UNIT_BYTES = 1 << 10;

    private final int units;
    private final Semaphore room;

    MaskGate(long maxBytes) {
        units = Math.clamp(maxBytes / UNIT_BYTES, 1, Integer.MAX_VALUE);
        // In order, or else a large content would wait until there are no small ones.
        room = new Semaphore(units, true);
    }

    /** Whether there was room within that time; it is given back by {@link #leave} with the same number. */
    boolean enter(long bytes, Duration longest) {
        if (bytes <= FREE_BYTES) {
            return true;
        }
        try {
            return room.tryAcquire(units(bytes), longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave(long bytes) {
        if (bytes > FREE_BYTES) {
            room.release(units(bytes));
        }
    }

    /** What needs more than all there is has all to itself. */
    private int units(long bytes) {
        return Math.clamp(bytes / UNIT_BYTES, 1, units);
    }
}
