// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when calls come too fast: the generic cell rate algorithm (ITU-T I.371) in whole nanoseconds. All it keeps is
 * the time at which the calls so far would be over, had they come one by one at the rate. A call may come so much
 * before that time as a burst is long. In any time {@code t} no more than {@code burst + t / interval} calls pass, and
 * the wait that is named is exact: so long is enough, and less is not.
 *
 * <p>Safe for any number of threads, without a lock.
 */
final class Bucket implements Meter {
    /** The answer of a bucket that has ended: another has to be asked. */
    static final long RETIRED = -1;

    /** No time that is ever kept: times count from the start of the process. */
    private static final long ENDED = Long.MIN_VALUE;

    private final long interval;
    private final long burst;
    private final AtomicLong over;

    /**
     * One that lets a whole burst in at once.
     *
     * @param now nanoseconds since the start of the process, 0 or more
     */
    Bucket(RateLimit limit, long now) {
        this.interval = limit.rate().interval();
        this.burst = limit.burst() * interval;
        this.over = new AtomicLong(now);
    }

    /** Takes a call: 0 when it passes, {@link #RETIRED}, or how many nanoseconds it has to wait. */
    long take(long now) {
        while (true) {
            long before = over.get();
            if (before == ENDED) {
                return RETIRED;
            }
            long after = Math.max(before, now) + interval;
            long wait = after - now - burst;
            if (wait > 0) {
                return wait;
            }
            if (over.compareAndSet(before, after)) {
                return 0;
            }
        }
    }

    /** Undoes one {@link #take} that passed. */
    void giveBack() {
        long before = over.get();
        while (before != ENDED && !over.compareAndSet(before, before - interval)) {
            before = over.get();
        }
    }

    @Override
    public boolean retire(long now) {
        long before = over.get();
        return before != ENDED && before <= now && over.compareAndSet(before, ENDED);
    }
}
