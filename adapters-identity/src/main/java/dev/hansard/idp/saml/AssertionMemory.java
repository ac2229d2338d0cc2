// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which assertions of one issuer were used, for as long as they would be accepted again. Not a cache: what is forgotten
 * too early could be replayed, so that when it is full nothing is accepted until some have run out. It measures on a
 * clock that nobody sets back. Each node remembers for itself. Safe for any number of threads.
 */
final class AssertionMemory {
    private final int most;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> known = new HashSet<>(); // Guarded by the lock, as the queue is.
    private final Queue<Used> soonestFirst = new PriorityQueue<>((a, b) -> Long.signum(a.until() - b.until()));

    AssertionMemory(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    private record Used(String id, long until) {}

    enum Answer {
        NEW,
        SEEN,
        FULL
    }

    /**
     * Says whether an assertion was used, and remembers it.
     *
     * @param remaining for how long it could be used again
     */
    Answer use(String id, Duration remaining) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            for (Used first = soonestFirst.peek();
                    first != null && now - first.until() >= 0;
                    first = soonestFirst.peek()) {
                known.remove(first.id());
                soonestFirst.remove();
            }
            if (known.contains(id)) {
                return Answer.SEEN;
            }
            if (known.size() >= most) {
                return Answer.FULL;
            }
            known.add(id);
            soonestFirst.add(new Used(id, now + remaining.toNanos()));
            return Answer.NEW;
        } finally {
            lock.unlock();
        }
    }
}
