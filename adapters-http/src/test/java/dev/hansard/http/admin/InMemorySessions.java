// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions in memory. The query is a piece of the target, or {@code !} for one that is wrong at position 3. */
final class InMemorySessions implements Sessions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<String, Supplier<InputStream>> bodies = new HashMap<>();
    private final AtomicInteger openStreams = new AtomicInteger();
    private volatile @Nullable RuntimeException fault;
    private volatile @Nullable Runnable gate;
    private volatile Standing standing = new Standing(Standing.State.INTACT, 12);

    void add(Session session, byte[] requestBody, byte[] responseBody) {
        add(session, Direction.REQUEST, () -> new ByteArrayInputStream(requestBody));
        add(session, Direction.RESPONSE, () -> new ByteArrayInputStream(responseBody));
        lock.lock();
        try {
            sessions.add(session);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void add(Session session, Direction direction, Supplier<InputStream> body) {
        bodies.put(session.id() + " " + direction, body);
    }

    /** From now on every call fails so. */
    void failWith(@Nullable RuntimeException failure) {
        this.fault = failure;
    }

    /** From now on every call runs this first. */
    void passThrough(@Nullable Runnable waiting) {
        this.gate = waiting;
    }

    int openStreams() {
        return openStreams.get();
    }

    private void enter(String query) {
        Runnable waiting = gate;
        if (waiting != null) {
            waiting.run();
        }
        RuntimeException failure = fault;
        if (failure != null) {
            throw failure;
        }
        if (query.startsWith("!")) {
            throw new InvalidQueryException("Unknown word \"" + query + "\"; known are service and status", 3);
        }
    }

    @Override
    public Page list(String query, @Nullable String cursor, int limit) {
        enter(query);
        int skipped = cursor == null ? 0 : Integer.parseInt(cursor);
        List<SessionSummary> all = sessions.reversed().stream()
                .map(Session::summary)
                .filter(session -> session.target().contains(query))
                .toList();
        int end = Math.min(all.size(), skipped + limit);
        return new Page(all.subList(skipped, end), end < all.size() ? Integer.toString(end) : null);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        enter("");
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    @Override
    public Optional<InputStream> openBody(SessionId id, Direction direction, Doubt doubt) {
        if (doubt == Doubt.REFUSE && standing.isDoubtful()) {
            throw StorageException.doubtful("a test says so", standing);
        }
        enter("");
        Supplier<InputStream> body = bodies.get(id + " " + direction);
        return body == null ? Optional.empty() : Optional.of(new CountedStream(body.get(), openStreams));
    }

    @Override
    public Standing standing(SessionId id) {
        return standing;
    }

    /** What is said of all records from now on. */
    void standing(Standing now) {
        standing = now;
    }

    @Override
    public List<CatalogEntry> tail(String query, long sequence, int limit, Duration wait) {
        enter(query);
        long left = wait.toNanos();
        lock.lock();
        try {
            while (true) {
                List<CatalogEntry> found = since(query, sequence, limit);
                if (!found.isEmpty() || left <= 0) {
                    return found;
                }
                left = added.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The tail was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private List<CatalogEntry> since(String query, long sequence, int limit) {
        var found = new ArrayList<CatalogEntry>();
        for (int i = (int) sequence; i < sessions.size() && found.size() < limit; i++) {
            SessionSummary summary = sessions.get(i).summary();
            if (summary.target().contains(query)) {
                found.add(new CatalogEntry(i + 1L, summary, new FrameLocation("spool/1", i, 1)));
            }
        }
        return found;
    }

    @Override
    public long lastSequence() {
        enter("");
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code latch} opens; for gates. */
    static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The gate was interrupted", e);
        }
    }

    private static final class CountedStream extends java.io.FilterInputStream {
        private final AtomicInteger open;
        private boolean isClosed;

        CountedStream(InputStream in, AtomicInteger open) {
            super(in);
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws java.io.IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public void close() throws java.io.IOException {
            if (!isClosed) {
                isClosed = true;
                open.decrementAndGet();
            }
            super.close();
        }
    }
}
