// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.id;

import dev.hansard.ports.value.SessionId;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of sessions: UUIDv7, each greater than the one before it on this node, whatever the clock does (RFC
 * 9562 section 6.2, method 1). The 12 bits after the version are a counter; with the 48 bits of time before them they
 * form one number that only grows. A new millisecond starts the counter at a random value below half of its room;
 * within a millisecond, or when the clock has stepped back, the number counts on, and a full counter carries into the
 * time. So a step back of the clock shows as ids that stay ahead of it until it has caught up, never as ids out of
 * order.
 *
 * <p>Safe for any number of threads if clock and {@code random} are; there is no lock. The last 62 bits are random, so
 * that ids of different nodes do not meet.
 */
public final class SessionIds {
    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final int SEED_MASK = COUNTER_MASK >> 1;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 0b10L << 62;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    public SessionIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id. */
    public SessionId next() {
        long seed = random.nextInt() & SEED_MASK;
        long number = advance(clock.millis() << COUNTER_BITS | seed);
        long high = (number & ~COUNTER_MASK) << (Short.SIZE - COUNTER_BITS) | VERSION | (number & COUNTER_MASK);
        return new SessionId(high, VARIANT | random.nextLong() >>> 2);
    }

    private long advance(long wanted) {
        while (true) {
            long before = last.get();
            long number = Math.max(wanted, before + 1);
            if (last.compareAndSet(before, number)) {
                return number;
            }
        }
    }
}
