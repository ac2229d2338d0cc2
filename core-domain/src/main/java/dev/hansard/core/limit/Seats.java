// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls in flight. Safe for any number of threads, without a lock. */
final class Seats implements Meter {
    private static final int ENDED = -1;

    private final AtomicInteger taken = new AtomicInteger();

    /** What became of a call. */
    enum Taking {
        TAKEN,
        FULL,
        /** These have ended: others have to be asked. */
        RETIRED
    }

    /** Takes one, if fewer than {@code most} are taken. */
    Taking take(int most) {
        while (true) {
            int before = taken.get();
            if (before == ENDED) {
                return Taking.RETIRED;
            }
            if (before >= most) {
                return Taking.FULL;
            }
            if (taken.compareAndSet(before, before + 1)) {
                return Taking.TAKEN;
            }
        }
    }

    /** Gives one back that was taken; these cannot have ended meanwhile. */
    void leave() {
        taken.getAndDecrement();
    }

    int taken() {
        return Math.max(0, taken.get());
    }

    @Override
    public boolean retire(long now) {
        return taken.compareAndSet(0, ENDED);
    }
}
