// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits for the writer, bounded in bytes from the moment it is offered until it is settled, because until then it
 * may have to be written again. Many threads offer, one takes.
 *
 * <p>The writer is woken at once only for what somebody waits for. Records that nobody waits for are left for {@link
 * #LINGER} to gather, so that a busy relaxed service does not pay for waking a thread with each record. Their flights
 * outlive a kill.
 */
final class EntryQueue {
    private static final long LINGER = 1_000_000;

    /**
     * Entries in the order of their coming.
     *
     * @param urgent whether somebody waits for them, or for what was written before
     */
    record Batch(List<Entry> entries, boolean urgent) {}

    private final long maxBytes;
    private final long dueBytes;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private List<Entry> entries = new ArrayList<>();
    private long queuedBytes;
    private long heldBytes;
    private long firstAt;
    private boolean urgent;
    private boolean closed;

    /**
     * @param maxBytes most bytes held
     * @param dueBytes how many make a write due
     */
    EntryQueue(long maxBytes, long dueBytes, LongSupplier nanos) {
        this.maxBytes = maxBytes;
        this.dueBytes = dueBytes;
        this.nanos = nanos;
    }

    /** Whether there was room. */
    boolean offer(Entry entry) {
        lock.lock();
        try {
            int length = entry.frame().heldBytes();
            if (closed || heldBytes + length > maxBytes) {
                return false;
            }
            boolean first = entries.isEmpty();
            entries.add(entry);
            heldBytes += length;
            queuedBytes += length;
            if (first) {
                firstAt = nanos.getAsLong();
            }
            boolean wasUrgent = urgent;
            urgent |= entry.isUrgent();
            if (first || urgent != wasUrgent || queuedBytes >= dueBytes) {
                due.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody waits for something that is queued or written, or the writer has something else to do. */
    void hurry() {
        lock.lock();
        try {
            urgent = true;
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a write is due, or until {@code limit} nanoseconds are over, and takes all that is there.
     *
     * @return maybe without any
     */
    Batch take(long limit) {
        lock.lock();
        try {
            long end = nanos.getAsLong() + limit;
            while (!urgent && !closed && queuedBytes < dueBytes) {
                long now = nanos.getAsLong();
                long left = entries.isEmpty() ? end - now : Math.min(end, firstAt + LINGER) - now;
                if (left <= 0) {
                    break;
                }
                due.awaitNanos(left);
            }
            List<Entry> taken = entries;
            entries = new ArrayList<>();
            queuedBytes = 0;
            boolean wasUrgent = urgent || closed;
            urgent = false;
            return new Batch(taken, wasUrgent);
        } catch (InterruptedException _) {
            // Nobody interrupts the writer; were it kept set, the next write would close the file.
            return new Batch(List.of(), false);
        } finally {
            lock.unlock();
        }
    }

    /** Counts an entry that goes to the writer by another way, before anybody else offers one. */
    void hold(int length) {
        lock.lock();
        try {
            heldBytes += length;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the room of a settled entry back. */
    void release(int length) {
        lock.lock();
        try {
            heldBytes -= length;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    long heldBytes() {
        lock.lock();
        try {
            return heldBytes;
        } finally {
            lock.unlock();
        }
    }
}
