// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;

/**
 * How slowly a request's content may come in. It is too slow when it makes no progress for too long, or when its
 * average is below the minimum rate; of the two limits the earlier counts. Owned by the thread that reads the content.
 */
final class ContentPace {
    private final ListenerSettings.Timeouts timeouts;
    private final Deadlines deadlines;
    private final Deadline reading;
    private final long started;

    ContentPace(CallerSelector shared, Deadline reading) {
        this.timeouts = shared.settings().timeouts();
        this.deadlines = shared.deadlines();
        this.reading = reading;
        this.started = deadlines.now();
    }

    /** Sets the limit for the next read. */
    void limit(long received) {
        long idleAt = deadlines.now() + timeouts.idle().toNanos();
        long earned = received / Math.max(1, timeouts.minBytesPerSecond());
        long rateAt = started
                + ListenerSettings.Timeouts.RATE_GRACE.plusSeconds(earned).toNanos();
        reading.setAt(rateAt - idleAt < 0 ? rateAt : idleAt);
    }
}
