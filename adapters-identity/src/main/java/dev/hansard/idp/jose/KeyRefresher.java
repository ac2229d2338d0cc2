// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A thread that fetches an issuer's keys, or what they stand in: at once, then from time to time, sooner
 * after a failure, and whenever it is asked. Safe for any number of threads.
 */
public final class KeyRefresher implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    private final String name;
    private final Duration every;
    private final RandomGenerator random;
    private final Attempt attempt;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private boolean asked;
    private boolean closed;
    private @Nullable Thread thread;

    /** One fetch; tells by {@link #begun} that it begins, and says whether it brought what it went for. */
    public interface Attempt {
        boolean fetch() throws InterruptedException;
    }

    public KeyRefresher(String name, Duration every, RandomGenerator random, Attempt attempt) {
        this.name = name;
        this.every = every;
        this.random = random;
        this.attempt = attempt;
    }

    public void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                asked = true;
                thread = Thread.ofVirtual().name(name).start(this::keepUpToDate);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepUpToDate() {
        int failures = 0;
        try {
            while (awaitTurn(failures)) {
                failures = attempt.fetch() ? 0 : failures + 1;
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private boolean awaitTurn(int failures) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = untilNext(failures).toNanos();
            while (!asked && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** A tenth more or less, so that many nodes do not ask in step. */
    private Duration untilNext(int failures) {
        Duration plain = every;
        if (failures > 0) {
            Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
            plain = min(doubled, min(LAST_RETRY, every));
        }
        return plain.multipliedBy(random.nextInt(900, 1101)).dividedBy(1000);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Asks for a fetch as soon as the one that is going on has ended. */
    public void ask() {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells that a fetch begins, so that what was asked for up to now is under way. */
    public void begun() {
        lock.lock();
        try {
            asked = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a fetch was asked for and has not begun. */
    boolean isAsked() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is no thread any more. */
    boolean isEnded() {
        lock.lock();
        try {
            return thread == null || !thread.isAlive();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(LONGEST_CLOSING);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
