// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.agent.AgentGate;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections to upstreams for the next call, the one used last first, so that a burst's surplus grows old and is
 * closed. Only a connection whose last response ended cleanly and that is byte-silent is ever used again (THREATS 30):
 * an unread byte would be the answer to somebody else's call.
 */
public final class UpstreamPool implements AutoCloseable {
    /** Idle connections kept for one address of one service; a surplus is closed. */
    static final int IDLE_PER_ADDRESS = 256;

    /** How long an idle connection is kept; shorter than what servers commonly allow, so that we close first. */
    static final long IDLE_NANOS = 30_000_000_000L;

    /** How often the connections of an address are looked at while it has any. */
    private static final Duration SWEEP = Duration.ofNanos(IDLE_NANOS / 2);

    private final Map<Key, Idle> idle = new ConcurrentHashMap<>();
    private final Connector connector;
    private final Deadlines deadlines;
    private final @Nullable AgentTunnels agents;
    private volatile boolean closed;

    /** TLS settings belong to the service, so two services never share a connection. */
    private record Key(String service, UpstreamAddress address) {}

    public UpstreamPool(WireLimits limits, Deadlines deadlines) {
        this(limits, deadlines, null);
    }

    /**
     * A pool that also has connections which agents open.
     *
     * @param gate lets agents in; null when there are none
     */
    public UpstreamPool(WireLimits limits, Deadlines deadlines, @Nullable AgentGate gate) {
        this.connector = new Connector(limits, deadlines);
        this.deadlines = deadlines;
        this.agents = gate == null ? null : new AgentTunnels(gate, limits, deadlines);
    }

    /** The connections that agents have opened; null when there are no agents. */
    public @Nullable AgentTunnels agents() {
        return agents;
    }

    private @Nullable AgentTunnels agentsOf(Service service) {
        if (service.agent() != null && agents == null) {
            throw new IllegalStateException("service '" + service.name() + "' is behind an agent, but there are none");
        }
        return service.agent() == null ? null : agents;
    }

    /**
     * Reads what TLS to these services needs, so that what cannot be used is found now and not by the first call.
     *
     * @throws InvalidValueException when something cannot; says what
     */
    public void prepare(List<Service> services) {
        for (Service service : services) {
            connector.prepare(service);
        }
    }

    /** A kept connection that is alive and silent; null when there is none. */
    public @Nullable UpstreamConnection reuse(Service service, UpstreamAddress address) {
        AgentTunnels tunnels = agentsOf(service);
        if (tunnels != null) {
            return tunnels.take(Objects.requireNonNull(service.agent()));
        }
        Idle kept = idle.get(new Key(service.name().value(), address));
        if (kept == null) {
            return null;
        }
        for (UpstreamConnection connection = kept.take(); connection != null; connection = kept.take()) {
            boolean isYoung = deadlines.now() - connection.idleSince() < IDLE_NANOS;
            if (isYoung && connector.isCurrent(service, connection) && connection.isSilent()) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    /**
     * A new connection; behind an agent, one of those that it has opened.
     *
     * @throws UpstreamException when there is none within the service's connect time-out
     */
    public UpstreamConnection connect(Service service, UpstreamAddress address) throws UpstreamException {
        AgentTunnels tunnels = agentsOf(service);
        return tunnels == null
                ? connector.connect(service, address)
                : tunnels.await(service, Objects.requireNonNull(service.agent()));
    }

    /**
     * Takes a connection back whose response has been read to its clean end; closes it where it cannot be used again.
     */
    public void release(Service service, UpstreamConnection connection) {
        AgentTunnels tunnels = agentsOf(service);
        if (tunnels != null) {
            tunnels.release(connection);
            return;
        }
        if (closed || !connection.endedCleanly()) {
            connection.close();
            return;
        }
        connection.rest();
        Idle kept = idle.computeIfAbsent(new Key(service.name().value(), connection.address()), _ -> new Idle());
        if (!kept.give(connection)) {
            connection.close();
        }
        armSweep(kept);
    }

    /**
     * So that what is idle is closed also where nobody calls any more; else it would wait for the upstream's end for
     * ever.
     */
    private void armSweep(Idle kept) {
        if (!closed && kept.sweepArmed.compareAndSet(false, true)) {
            deadlines.watch(() -> sweep(kept)).set(SWEEP);
        }
    }

    private void sweep(Idle kept) {
        // Disarmed first: a connection that comes back from here on arms it again.
        kept.sweepArmed.set(false);
        long eldest = deadlines.now() - IDLE_NANOS;
        for (UpstreamConnection one = kept.takeIdleSince(eldest); one != null; one = kept.takeIdleSince(eldest)) {
            one.close();
        }
        if (!kept.isEmpty()) {
            armSweep(kept);
        }
    }

    /** Closes what is idle; what is in use is closed when it comes back. */
    @Override
    public void close() {
        closed = true;
        for (Iterator<Idle> all = idle.values().iterator(); all.hasNext(); ) {
            Idle kept = all.next();
            for (UpstreamConnection one = kept.take(); one != null; one = kept.take()) {
                one.close();
            }
            all.remove();
        }
        if (agents != null) {
            agents.close();
        }
        connector.close();
    }

    /** The idle connections of one address. The lock is held for a few instructions, never over I/O. */
    private static final class Idle {
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<UpstreamConnection> stack = new ArrayDeque<>();
        private final AtomicBoolean sweepArmed = new AtomicBoolean();

        @Nullable
        UpstreamConnection take() {
            lock.lock();
            try {
                return stack.pollFirst();
            } finally {
                lock.unlock();
            }
        }

        boolean give(UpstreamConnection connection) {
            lock.lock();
            try {
                if (stack.size() >= IDLE_PER_ADDRESS) {
                    return false;
                }
                stack.addFirst(connection);
                return true;
            } finally {
                lock.unlock();
            }
        }

        boolean isEmpty() {
            lock.lock();
            try {
                return stack.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        /** The oldest, if it has been idle since then or longer. */
        @Nullable
        UpstreamConnection takeIdleSince(long nanos) {
            lock.lock();
            try {
                UpstreamConnection oldest = stack.peekLast();
                return oldest != null && oldest.idleSince() - nanos <= 0 ? stack.pollLast() : null;
            } finally {
                lock.unlock();
            }
        }
    }
}
