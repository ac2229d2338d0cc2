// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.deadline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Ends what takes too long on blocking sockets. A socket time-out would cost a timer for every read and would start
 * anew with every byte of a slow peer; here each connection has one {@link Deadline}, a number that its owner sets, and
 * one thread looks at all of them ten times a second. The tick also serves as a coarse clock, so that setting a
 * deadline reads no clock.
 *
 * <p>A deadline is therefore late by at most one tick.
 */
public final class Deadlines implements AutoCloseable {
    /** How often deadlines are looked at, and so how late one can be. */
    public static final Duration TICK = Duration.ofMillis(100);

    private final Set<Deadline> watched = ConcurrentHashMap.newKeySet();
    private final AtomicLong now = new AtomicLong();
    private final LongSupplier nanos;
    private final Thread ticker;
    private volatile boolean closed;

    public Deadlines(LongSupplier nanos) {
        this.nanos = nanos;
        now.set(nanos.getAsLong());
        this.ticker = Thread.ofPlatform().daemon().name("hansard-deadlines").start(this::run);
    }

    /**
     * A deadline that is not set. Its owner closes it.
     *
     * @param onExpiry what to do when it has passed; runs once on a virtual thread of its own, as closing may block
     */
    public Deadline watch(Runnable onExpiry) {
        var deadline = new Deadline(this, onExpiry);
        watched.add(deadline);
        return deadline;
    }

    /** Nanoseconds of the coarse clock, at most one tick old. */
    public long now() {
        return now.getPlain();
    }

    void forget(Deadline deadline) {
        watched.remove(deadline);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            tick(nanos.getAsLong());
        }
    }

    private void tick(long time) {
        now.set(time);
        watched.removeIf(deadline -> endIfPassed(deadline, time));
    }

    private static boolean endIfPassed(Deadline deadline, long time) {
        boolean passed = deadline.hasPassed(time);
        if (passed) {
            Thread.ofVirtual().name("hansard-expiry").start(deadline::expire);
        }
        return passed;
    }

    /** Stops watching; deadlines that are still set never pass. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(ticker);
    }
}
