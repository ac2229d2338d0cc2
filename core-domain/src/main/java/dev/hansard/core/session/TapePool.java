// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all tapes: chunks that are lent and given back, never more in use than {@code maxBytes}. Safe for any
 * number of threads; its lock is held for a few instructions.
 */
public final class TapePool {
    /** Bytes of one chunk. */
    static final int CHUNK_BYTES = 16 * 1024;

    /** Chunks kept for use again when they are given back. */
    private static final int KEPT_CHUNKS = 1024;

    private final long maxBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /** A pool of at most so many bytes in use. */
    public TapePool(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A chunk; null when all of the pool is in use. Its content is left from its last use. */
    byte @Nullable [] take() {
        if (usedBytes.addAndGet(CHUNK_BYTES) > maxBytes) {
            usedBytes.addAndGet(-CHUNK_BYTES);
            return null;
        }
        byte[] chunk = pollFree();
        return chunk == null ? new byte[CHUNK_BYTES] : chunk;
    }

    private byte @Nullable [] pollFree() {
        lock.lock();
        try {
            return free.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    void give(byte[] chunk) {
        usedBytes.addAndGet(-CHUNK_BYTES);
        lock.lock();
        try {
            if (free.size() < KEPT_CHUNKS) {
                free.addFirst(chunk);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call that begins now can have its tapes' first chunks. */
    boolean hasRoom() {
        return usedBytes.get() + 2L * CHUNK_BYTES <= maxBytes;
    }

    /** Bytes lent out now. */
    public long usedBytes() {
        return usedBytes.get();
    }
}
