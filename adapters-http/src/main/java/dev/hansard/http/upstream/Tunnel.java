// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.value.AgentName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection that an agent has opened and that requests go through. The thread that accepted it stays with it and
 * reads ahead while it rests: so its end is seen when it comes, over TLS too, and not by the next call. What is read
 * ahead is the beginning of the next response, or, without a request, a reason not to use it again.
 */
public final class Tunnel implements Link, AutoCloseable {
    /** Enough for most heads. */
    private static final int AHEAD_BYTES = 4 * 1024;

    private final AgentName agent;
    private final String process;
    private final InputStream source;
    private final OutputStream out;
    private final Runnable abort;
    private final AgentTunnels owner;
    private final InputStream in = new AheadFirst();

    /** Guards what follows; never held over I/O. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final byte[] ahead = new byte[AHEAD_BYTES];
    private int from;
    private int to;
    private boolean isWatched;
    private boolean isDue = true;
    private boolean isUsed;
    private boolean hasEnded;

    private final AtomicBoolean closed = new AtomicBoolean();

    Tunnel(AgentName agent, String process, InputStream source, OutputStream out, Runnable abort, AgentTunnels owner) {
        this.agent = agent;
        this.process = process;
        this.source = source;
        this.out = out;
        this.abort = abort;
        this.owner = owner;
    }

    /** Lets calls use it until it ends. Returns then. */
    public void serve() {
        try (UpstreamConnection _ = owner.begin(this)) {
            while (awaitDue()) {
                arrived(readAhead());
            }
        }
    }

    private int readAhead() {
        try {
            return source.read(ahead, 0, ahead.length);
        } catch (IOException _) {
            return -1;
        }
    }

    private boolean awaitDue() {
        lock.lock();
        try {
            while (!hasEnded && !isDue) {
                changed.awaitUninterruptibly();
            }
            isDue = false;
            isWatched = !hasEnded;
            return isWatched;
        } finally {
            lock.unlock();
        }
    }

    private void arrived(int read) {
        lock.lock();
        try {
            isWatched = false;
            from = 0;
            to = Math.max(read, 0);
            // Bytes that answer nothing are its agent's farewell, or garbage: it is of no use any more either way.
            hasEnded |= read < 0 || !isUsed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes it for one exchange. False when it must not be used: it is in use, has ended, or is not silent. */
    boolean use() {
        lock.lock();
        try {
            if (hasEnded || isUsed || from < to) {
                return false;
            }
            isUsed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** After an exchange that came to its clean end. */
    void rest() {
        lock.lock();
        try {
            isUsed = false;
            hasEnded |= from < to;
            isDue = !isWatched;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    String process() {
        return process;
    }

    @Override
    public AgentName agent() {
        return agent;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public boolean isSilent() {
        lock.lock();
        try {
            return !hasEnded && from == to;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        lock.lock();
        try {
            hasEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        abort.run();
        owner.ended(this);
    }

    /** What was read ahead, then what comes. Owned by the thread that reads the response. */
    private final class AheadFirst extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int taken = takeAhead(bytes, offset, length);
            return taken == 0 ? source.read(bytes, offset, length) : taken;
        }

        /** 0 when there is nothing ahead any more, -1 at the end. */
        private int takeAhead(byte[] bytes, int offset, int length) {
            lock.lock();
            try {
                while ((isWatched || isDue) && !hasEnded) {
                    changed.awaitUninterruptibly();
                }
                int taken = Math.min(length, to - from);
                System.arraycopy(ahead, from, bytes, offset, taken);
                from += taken;
                return taken == 0 && hasEnded ? -1 : taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
