// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Completions of relaxed calls that wait to be masked and written, and the one thread that does it. Waking a thread
 * costs more than all else that a call does here, so the thread naps while calls keep coming and sleeps, to be woken,
 * only when none have come for a while.
 *
 * <p>When the thread does not keep up and the queue is half full, a call writes its record itself: callers are slowed
 * down to what can be written before any of them has to be refused.
 */
final class RelaxedQueue implements AutoCloseable {
    /** How long the thread naps when it finds nothing; a record waits at most this long. */
    private static final long NAP_NANOS = 2_000_000;

    /** After so many naps in vain it sleeps until it is woken. */
    private static final int NAPS = 50;

    private final RecorderSettings settings;
    private final Consumer<Completion> store;
    private final ConcurrentLinkedQueue<Completion> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    RelaxedQueue(RecorderSettings settings, Consumer<Completion> store) {
        this.settings = settings;
        this.store = store;
        this.thread = Thread.ofPlatform().daemon().name("hansard-recorder").start(this::run);
    }

    boolean isFull() {
        return bytes.get() >= settings.queueBytes() || records.get() >= settings.queueRecords();
    }

    private boolean isHalfFull() {
        return bytes.get() >= settings.queueBytes() / 2 || records.get() >= settings.queueRecords() / 2;
    }

    /** Whether it was taken: with its content where there was room for that. When not, its tapes are released. */
    boolean offer(Completion completion) {
        if (isHalfFull() && !closing.get()) {
            store.accept(completion);
            return true;
        }
        if (records.incrementAndGet() > settings.queueRecords() || closing.get()) {
            records.decrementAndGet();
            completion.release();
            return false;
        }
        Completion taken =
                bytes.get() + completion.keptBytes() > settings.queueBytes() ? completion.withoutContent() : completion;
        bytes.addAndGet(taken.keptBytes());
        waiting.add(taken);
        if (asleep.get()) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    private void run() {
        int napsInVain = 0;
        while (true) {
            Completion next = waiting.poll();
            if (next != null) {
                napsInVain = 0;
                write(next);
            } else if (closing.get()) {
                return;
            } else if (napsInVain++ < NAPS) {
                LockSupport.parkNanos(NAP_NANOS);
            } else {
                sleep();
                napsInVain = 0;
            }
        }
    }

    private void sleep() {
        asleep.set(true);
        // Looked at again after the flag is up, so that one who came in between is not slept through.
        if (waiting.isEmpty() && !closing.get()) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    private void write(Completion completion) {
        long size = completion.keptBytes();
        try {
            store.accept(completion);
        } finally {
            bytes.addAndGet(-size);
            records.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closing.set(true);
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
