// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes a thread that has nothing to do. A wake that comes early is not lost. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private boolean pending;

    void wake() {
        lock.lock();
        try {
            if (!pending) {
                pending = true;
                raised.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a wake, at most so long. */
    void await(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!pending && left > 0) {
                left = raised.awaitNanos(left);
            }
            pending = false;
        } catch (InterruptedException _) {
            pending = false;
        } finally {
            lock.unlock();
        }
    }
}
