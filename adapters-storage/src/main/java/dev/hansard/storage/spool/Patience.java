// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits that last too long. A virtual thread that parks with a time-out costs a timer, and often a wake of the
 * thread that keeps the timers: with two waits for each strict call, a seventh of all CPU. So waits are without a
 * time-out here, and one thread looks at all of them every {@link #TICK_MILLIS}; a wait may last so much longer. The
 * thread begins with the first wait, so that a simulation has none.
 */
final class Patience implements AutoCloseable {
    private static final long TICK_MILLIS = 50;

    private final LongSupplier nanos;
    private final ConcurrentLinkedQueue<Wait> waits = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Thread> ticker = new AtomicReference<>();
    private volatile boolean closed;

    Patience(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A thread that waits. */
    static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final long until;
        private volatile boolean over;
        private volatile boolean ended;

        private Wait(long until) {
            this.until = until;
        }

        /** Whether it has lasted as long as it may. */
        boolean isOver() {
            return over;
        }

        /** The thread has something to look at. */
        void wake() {
            LockSupport.unpark(thread);
        }

        /** The thread no longer waits. */
        void end() {
            ended = true;
        }

        private boolean isDone(long now) {
            if (!ended && now - until >= 0) {
                over = true;
                wake();
            }
            return ended || over;
        }
    }

    /** Begins a wait of the current thread, which parks until somebody wakes it. */
    Wait begin(long limitNanos) {
        var wait = new Wait(nanos.getAsLong() + limitNanos);
        waits.add(wait);
        if (ticker.get() == null) {
            startTicker();
        }
        return wait;
    }

    private void startTicker() {
        Thread thread = Thread.ofPlatform().daemon().name("spool-patience").unstarted(this::run);
        if (ticker.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    private void run() {
        while (!closed || !waits.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            long now = nanos.getAsLong();
            waits.removeIf(wait -> wait.isDone(now));
        }
    }

    /** Ends the thread when the last wait is over, and waits for that. */
    @Override
    public void close() {
        closed = true;
        Thread thread = ticker.get();
        if (thread == null) {
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
