// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How calls went in the last while, in {@value #SLOTS} steps: the oldest tenth goes at once. A step is one number that
 * is changed as a whole: which step it is, and how many calls and failures it has. Safe for any number of threads,
 * without a lock.
 */
final class OutcomeWindow {
    static final int SLOTS = 10;

    /** Bits of the two counts; what is above them says which step it is. */
    private static final int COUNT_BITS = 20;

    private static final int STEP_SHIFT = 2 * COUNT_BITS;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long STEP_MASK = (1L << (Long.SIZE - STEP_SHIFT)) - 1;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final long slotNanos;
    private final long start;

    /**
     * An empty one.
     *
     * @param nanos its length
     */
    OutcomeWindow(long nanos, long now) {
        this.slotNanos = Math.max(1, nanos / SLOTS);
        this.start = now;
    }

    void succeeded(long now) {
        add(now, 1, 0);
    }

    void failed(long now) {
        add(now, 1, 1);
    }

    /** A call that had been counted as a success has failed after all. */
    void failedLater(long now) {
        add(now, 0, 1);
    }

    private void add(long now, int calls, int failures) {
        long step = (now - start) / slotNanos;
        int index = (int) (step % SLOTS);
        while (true) {
            long before = slots.get(index);
            long counts = isAge(before, step, 0) ? before : (step & STEP_MASK) << STEP_SHIFT;
            if (calls(counts) == COUNT_MASK || failures(counts) == COUNT_MASK) {
                // Both by half: what is decided on is how many of a hundred fail.
                counts = pack(counts, calls(counts) / 2, failures(counts) / 2);
            }
            if (slots.compareAndSet(index, before, pack(counts, calls(counts) + calls, failures(counts) + failures))) {
                return;
            }
        }
    }

    /** Whether of so many calls or more so many of a hundred have failed. */
    boolean isBeyond(int percent, int leastCalls, long now) {
        long step = (now - start) / slotNanos;
        long calls = 0;
        long failures = 0;
        for (int i = 0; i < SLOTS; i++) {
            long slot = slots.get(i);
            if (isAge(slot, step, SLOTS - 1)) {
                calls += calls(slot);
                failures += failures(slot);
            }
        }
        return calls >= leastCalls && failures * 100 >= calls * percent;
    }

    /** Whether a slot is of this step, or of one of the {@code most} before it. */
    private static boolean isAge(long slot, long step, int most) {
        return ((step - (slot >>> STEP_SHIFT)) & STEP_MASK) <= most;
    }

    private static long calls(long slot) {
        return (slot >>> COUNT_BITS) & COUNT_MASK;
    }

    private static long failures(long slot) {
        return slot & COUNT_MASK;
    }

    private static long pack(long slot, long calls, long failures) {
        return (slot >>> STEP_SHIFT) << STEP_SHIFT | calls << COUNT_BITS | failures;
    }
}
