// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which proofs were shown, for as long as they would be accepted again. Not a cache: what is forgotten too early could
 * be replayed, so that when it is full nothing is accepted until the oldest have run out. Each node remembers for
 * itself. Safe for any number of threads.
 */
final class ProofMemory {
    private final int most;
    private final long life;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Digest256> known = new HashSet<>(); // Guarded by the lock, as the queue is.
    private final Queue<Shown> inOrder = new ArrayDeque<>();

    /**
     * An empty one.
     *
     * @param most how many are remembered
     * @param life for how many nanoseconds
     */
    ProofMemory(int most, long life, LongSupplier nanos) {
        this.most = most;
        this.life = life;
        this.nanos = nanos;
    }

    private record Shown(Digest256 proof, long at) {}

    enum Answer {
        NEW,
        SEEN,
        FULL
    }

    /** Says whether a proof was shown, and remembers it. */
    Answer show(Digest256 proof) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            for (Shown oldest = inOrder.peek(); oldest != null && now - oldest.at() > life; oldest = inOrder.peek()) {
                known.remove(oldest.proof());
                inOrder.remove();
            }
            if (known.contains(proof)) {
                return Answer.SEEN;
            }
            if (known.size() >= most) {
                return Answer.FULL;
            }
            known.add(proof);
            inOrder.add(new Shown(proof, now));
            return Answer.NEW;
        } finally {
            lock.unlock();
        }
    }
}
