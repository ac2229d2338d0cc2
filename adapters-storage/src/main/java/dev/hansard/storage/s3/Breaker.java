// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import java.util.function.LongSupplier;

/**
 * Spares a server that is down, and those who would wait for it: after some failures in a row nothing is sent for a
 * while, then one request tries, and only when it succeeds do others follow. Safe for any number of threads.
 */
final class Breaker {
    private final LongSupplier nanos;
    private final int limit;
    private final long restNanos;
    private int failures;
    private long lastTry;

    Breaker(LongSupplier nanos, int limit, long restNanos) {
        this.nanos = nanos;
        this.limit = limit;
        this.restNanos = restNanos;
    }

    /** Whether a request may be sent now. Its outcome must be told. */
    synchronized boolean allows() {
        if (failures < limit) {
            return true;
        }
        // Whoever comes first after the rest is the one who tries; a try that never ends blocks for one rest only.
        if (nanos.getAsLong() - lastTry < restNanos) {
            return false;
        }
        lastTry = nanos.getAsLong();
        return true;
    }

    /** The server answered, whatever it said. */
    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures = Math.min(limit, failures + 1);
        lastTry = nanos.getAsLong();
    }
}
