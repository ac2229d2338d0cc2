// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs what went wrong while answering, once for each fault but at most once in a while: whoever can send requests must
 * not be able to fill the log. What was left out is counted.
 */
final class FaultLog {
    private static final System.Logger LOG = System.getLogger(FaultLog.class.getName());

    private final long pauseNanos;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    FaultLog(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    void note(String what, Exception fault) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until < 0 || !quietUntil.compareAndSet(until, now + pauseNanos)) {
            leftOut.incrementAndGet();
            return;
        }
        long missing = leftOut.getAndSet(0);
        LOG.log(
                System.Logger.Level.WARNING,
                missing == 0 ? what : what + " (and " + missing + " before, not logged)",
                fault);
    }
}
