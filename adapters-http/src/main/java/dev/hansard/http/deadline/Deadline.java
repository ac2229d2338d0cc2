// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.deadline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One moment that must not pass. Set and cleared by the owner's threads, looked at by {@link Deadlines}. */
public final class Deadline implements AutoCloseable {
    private static final long NOT_SET = Long.MAX_VALUE;
    private static final long PASSED = Long.MIN_VALUE;

    private final Deadlines deadlines;
    private final Runnable onExpiry;
    private final AtomicLong at = new AtomicLong(NOT_SET);

    Deadline(Deadlines deadlines, Runnable onExpiry) {
        this.deadlines = deadlines;
        this.onExpiry = onExpiry;
    }

    /** Expires after {@code limit} from now, instead of what was set before. Does nothing once it has passed. */
    public void set(Duration limit) {
        setAt(deadlines.now() + limit.toNanos());
    }

    /** Expires at a time of {@link Deadlines#now()}. Does nothing once it has passed. */
    public void setAt(long nanos) {
        long before = at.get();
        while (before != PASSED && !at.compareAndSet(before, nanos)) {
            before = at.get();
        }
    }

    /** Never expires, until it is set again. */
    public void clear() {
        setAt(NOT_SET);
    }

    /** Whether it passed: what its owner was doing was ended from outside. */
    public boolean hasPassed() {
        return at.get() == PASSED;
    }

    boolean hasPassed(long time) {
        long limit = at.get();
        return limit != NOT_SET && limit != PASSED && time - limit >= 0 && at.compareAndSet(limit, PASSED);
    }

    void expire() {
        onExpiry.run();
    }

    @Override
    public void close() {
        deadlines.forget(this);
    }
}
