// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import dev.hansard.core.masking.exact.ExactStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks through a content without its codings while it comes in. Decoders pull, and what comes in is pushed: so the
 * decoder has a virtual thread, which runs only while {@link #feed} waits for it, and the two never work at the same
 * time. What is found or counted may therefore be read between two calls. It must be closed, or the thread stays.
 */
final class DecodedScan implements AutoCloseable {
    /** How many times longer than encoded a content may be before nobody looks through it any more. */
    static final int MAX_RATIO = 1_000;

    /** So much may be longer than that: little honest content is very regular. */
    static final int FREE_OF_RATIO = 1 << 20;

    private static final int CHUNK = 16 << 10;

    private final ExactStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();

    // All guarded by the lock.
    private State state = State.DECODING;
    private byte[] piece = {};
    private int from;
    private int to;
    private boolean isLast;
    private long encoded;
    private long decoded;
    private boolean isFound;

    /** Whose turn it is, and how it ended. */
    private enum State {
        DECODING,
        HUNGRY,
        /** The content is whole, or damaged: then nobody can read more of it than was read here. */
        ENDED,
        TOO_LARGE,
        CLOSED
    }

    /** Makes the decoder; it may read at once. */
    interface Opening {
        InputStream open(InputStream encoded) throws IOException;
    }

    private DecodedScan(ExactStream stream) {
        this.stream = stream;
    }

    static DecodedScan start(Opening opening, ExactStream stream) {
        var scan = new DecodedScan(stream);
        Thread.ofVirtual().name("hansard-credential-guard").start(() -> scan.decode(opening));
        scan.awaitHunger();
        return scan;
    }

    private void decode(Opening opening) {
        State end = State.ENDED;
        try (InputStream decoder = opening.open(new Fed())) {
            var chunk = new byte[CHUNK];
            for (int n; end == State.ENDED && (n = decoder.read(chunk)) >= 0; ) {
                end = look(chunk, n);
            }
        } catch (IOException | RuntimeException _) {
            // Damaged: what was read up to here has been looked through.
        } finally {
            become(end);
        }
    }

    private State look(byte[] chunk, int length) {
        lock.lock();
        try {
            stream.feed(chunk, 0, length, (_, _) -> isFound = true);
            decoded += length;
            return decoded > Math.max(FREE_OF_RATIO, encoded * MAX_RATIO) ? State.TOO_LARGE : State.ENDED;
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        lock.lock();
        try {
            state = state == State.CLOSED ? State.CLOSED : next;
            turn.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a piece, and returns when all of it has been looked through that can be. */
    void feed(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            if (state == State.HUNGRY) {
                piece = bytes;
                from = offset;
                to = offset + length;
                encoded += length;
                state = State.DECODING;
                turn.signalAll();
            }
        } finally {
            lock.unlock();
        }
        awaitHunger();
    }

    /** There is no more. */
    void end() {
        lock.lock();
        try {
            isLast = true;
            if (state == State.HUNGRY) {
                state = State.DECODING;
                turn.signalAll();
            }
        } finally {
            lock.unlock();
        }
        awaitHunger();
        stream.finish((_, _) -> isFound = true);
    }

    private void awaitHunger() {
        lock.lock();
        try {
            while (state == State.DECODING) {
                turn.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isFound() {
        lock.lock();
        try {
            return isFound;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more can be read, by the end of the codings or by damage. */
    boolean isEnded() {
        lock.lock();
        try {
            return state == State.ENDED;
        } finally {
            lock.unlock();
        }
    }

    boolean isTooLarge() {
        lock.lock();
        try {
            return state == State.TOO_LARGE;
        } finally {
            lock.unlock();
        }
    }

    /** How much there is without the codings so far. */
    long decoded() {
        lock.lock();
        try {
            return decoded;
        } finally {
            lock.unlock();
        }
    }

    /** How much of it is decided; see {@link ExactStream#decided}. */
    long decided() {
        lock.lock();
        try {
            return stream.decided();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        become(State.CLOSED);
    }

    /** What the decoder reads. */
    private final class Fed extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            lock.lock();
            try {
                while (from == to && !isLast && state != State.CLOSED) {
                    state = State.HUNGRY;
                    turn.signalAll();
                    while (state == State.HUNGRY) {
                        turn.awaitUninterruptibly();
                    }
                }
                if (state == State.CLOSED) {
                    throw new IOException("nobody wants to know any more");
                }
                if (from == to) {
                    return -1;
                }
                int count = Math.min(length, to - from);
                System.arraycopy(piece, from, into, offset, count);
                from += count;
                return count;
            } finally {
                lock.unlock();
            }
        }
    }
}
