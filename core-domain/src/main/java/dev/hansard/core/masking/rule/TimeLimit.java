// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.function.LongSupplier;

/**
 * How long decoding and masking one content may take, together. Nobody is interrupted: whoever works says how much is
 * about to be done, and from time to time the clock is asked. Belongs to one thread.
 */
public final class TimeLimit {
    /** The longest that one content may take, in nanoseconds. */
    public static final long MAX_NANOS = 2_000_000_000L;

    /** So many bytes are looked through between two looks at the clock: a millisecond or two of work. */
    public static final int UNIT_BYTES = 64 << 10;

    private final LongSupplier nanos;
    private final long deadline;
    private int left = UNIT_BYTES;

    private TimeLimit(LongSupplier nanos, long deadline) {
        this.nanos = nanos;
        this.deadline = deadline;
    }

    /** One that begins now. */
    public static TimeLimit from(LongSupplier nanos) {
        return new TimeLimit(nanos, nanos.getAsLong() + MAX_NANOS);
    }

    /** One that never ends, for what is short by its own limits. */
    public static TimeLimit none() {
        return new TimeLimit(() -> 0, 0);
    }

    public boolean isOver() {
        return nanos.getAsLong() - deadline > 0;
    }

    /**
     * So many bytes are about to be looked through.
     *
     * @throws OutOfTime when the time is over
     */
    public void work(int bytes) {
        left -= bytes;
        if (left < 0) {
            left = UNIT_BYTES;
            if (isOver()) {
                throw new OutOfTime();
            }
        }
    }
}
