// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounded copy of one message's content while it streams. Past its limit, or when the pool has nothing left, it
 * only counts and digests, and says so. One thread at a time owns it.
 */
public final class Tape {
    private final TapePool pool;
    private final long limitBytes;
    private final List<byte[]> chunks = new ArrayList<>(2);
    private int usedOfLast;
    private long totalBytes;
    private long keptBytes;
    private boolean closed;
    private @Nullable MessageDigest digest;

    /** An empty tape that keeps at most {@code limitBytes}. */
    public Tape(TapePool pool, long limitBytes) {
        this.pool = pool;
        this.limitBytes = limitBytes;
    }

    /** Copies what it may and counts the rest. */
    public void take(byte[] bytes, int offset, int length) {
        digest().update(bytes, offset, length);
        // Once something is missing nothing more is kept: what is kept is always the beginning.
        if (keptBytes == totalBytes) {
            keep(bytes, offset, (int) Math.min(length, limitBytes - keptBytes));
        }
        totalBytes += length;
    }

    private void keep(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            byte[] chunk = chunkWithRoom();
            if (chunk == null) {
                return;
            }
            int count = Math.min(length - done, TapePool.CHUNK_BYTES - usedOfLast);
            System.arraycopy(bytes, offset + done, chunk, usedOfLast, count);
            usedOfLast += count;
            keptBytes += count;
            done += count;
        }
    }

    private byte @Nullable [] chunkWithRoom() {
        if (!chunks.isEmpty() && usedOfLast < TapePool.CHUNK_BYTES) {
            return chunks.getLast();
        }
        byte[] chunk = closed ? null : pool.take();
        if (chunk != null) {
            chunks.add(chunk);
            usedOfLast = 0;
        }
        return chunk;
    }

    private MessageDigest digest() {
        if (digest == null) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
        return digest;
    }

    /** Bytes that went through. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes that are kept. */
    public long keptBytes() {
        return keptBytes;
    }

    /** Whether less is kept than went through. */
    public boolean isTruncated() {
        return keptBytes < totalBytes;
    }

    /** SHA-256 of all that went through, in hexadecimal; null when nothing did. To be asked once, at the end. */
    public @Nullable String sha256() {
        return digest == null ? null : HexFormat.of().formatHex(digest.digest());
    }

    /** What is kept, in order; valid until {@link #release}. */
    public List<ByteBuffer> kept() {
        var buffers = new ArrayList<ByteBuffer>(chunks.size());
        long left = keptBytes;
        for (byte[] chunk : chunks) {
            int count = (int) Math.min(left, TapePool.CHUNK_BYTES);
            buffers.add(ByteBuffer.wrap(chunk, 0, count).slice());
            left -= count;
        }
        return buffers;
    }

    /** Gives the memory back and forgets what was kept; the counts stay. */
    public void release() {
        chunks.forEach(pool::give);
        chunks.clear();
        keptBytes = 0;
        closed = true;
    }
}
