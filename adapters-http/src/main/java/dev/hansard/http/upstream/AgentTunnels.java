// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.agent.AgentGate;
import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.AgentName;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connections that agents have opened: the upstream pool of the services behind them. Safe for any number of
 * threads.
 */
public final class AgentTunnels implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AgentTunnels.class.getName());

    /** Most connections of all processes that go by one name. */
    public static final int MOST_OF_ONE_NAME = 1_024;

    /** How long an agent may be silent before it is asked whether it is still there. */
    static final Duration BEAT = Duration.ofSeconds(10);

    /** How long it may take to say so. With {@link #BEAT}: how long a call can be given to one that is not. */
    static final Duration BEAT_LIMIT = Duration.ofSeconds(5);

    /** After the last process of a name has gone, calls wait for the next one only this long; then they are told. */
    static final Duration MOMENT = Duration.ofSeconds(15);

    /** How many connections of one process are kept whatever happens; agents open about half as many on their own. */
    static final int KEPT_RESTING = 8;

    /** How long the others are kept without a call. */
    static final Duration SURPLUS = Duration.ofSeconds(60);

    /** At a stop, calls that have just come in still get a connection for so long. */
    static final Duration LAST_CALLS = Duration.ofSeconds(2);

    private final Map<AgentName, AgentPool> pools = new ConcurrentHashMap<>();
    private final AgentGate gate;
    private final WireLimits limits;
    private final Deadlines deadlines;
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean closed;

    AgentTunnels(AgentGate gate, WireLimits limits, Deadlines deadlines) {
        this.gate = gate;
        this.limits = limits;
        this.deadlines = deadlines;
        armBeat();
    }

    /** Who may open one. */
    public AgentGate gate() {
        return gate;
    }

    /**
     * Takes a connection on, for {@link Tunnel#serve} to be called by the thread that owns it.
     *
     * @param process tells the processes of one name apart
     * @param abort ends it and whatever blocks on it
     * @return null when there are too many, or no more are taken
     */
    public @Nullable Tunnel open(AgentName name, String process, InputStream in, OutputStream out, Runnable abort) {
        var tunnel = new Tunnel(name, process, in, out, abort, this);
        AgentPool.Change change = draining.get() ? null : pool(name).add(tunnel, MOST_OF_ONE_NAME);
        if (change == null) {
            return null;
        }
        if (change == AgentPool.Change.CAME) {
            LOG.log(System.Logger.Level.INFO, "a process of agent ''{0}'' is connected", name);
        }
        return tunnel;
    }

    private AgentPool pool(AgentName name) {
        return pools.computeIfAbsent(name, AgentPool::new);
    }

    /** From here on it may be used. */
    UpstreamConnection begin(Tunnel tunnel) {
        var connection = new UpstreamConnection(
                new UpstreamAddress(false, tunnel.agent() + UpstreamAddress.AGENT, 80), tunnel, limits, deadlines);
        long now = deadlines.now();
        give(new AgentPool.Line(tunnel, connection, now, now));
        return connection;
    }

    private void give(AgentPool.Line line) {
        if (draining.get() || !pool(line.tunnel().agent()).give(line)) {
            line.connection().close();
        }
    }

    void ended(Tunnel tunnel) {
        if (pool(tunnel.agent()).remove(tunnel, deadlines.now()) == AgentPool.Change.LEFT) {
            LOG.log(System.Logger.Level.INFO, "a process of agent ''{0}'' is not connected any more", tunnel.agent());
        }
    }

    /** One that is free; null when there is none. */
    @Nullable
    UpstreamConnection take(AgentName agent) {
        AgentPool.Line line = pool(agent).take();
        return line == null ? null : line.connection();
    }

    /**
     * One that is free, or will be within the service's connect time-out.
     *
     * @throws UpstreamException when none is
     */
    UpstreamConnection await(Service service, AgentName agent) throws UpstreamException {
        AgentPool pool = pool(agent);
        long limit = service.timeouts().connect().toNanos();
        boolean isWorth = !draining.get() && pool.isWorthWaiting(deadlines.now(), MOMENT.toNanos());
        try {
            AgentPool.Line line = pool.await(isWorth ? limit : 0);
            if (line != null) {
                return line.connection();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw UpstreamException.of(unavailable(pool.state()));
    }

    private static Refusal unavailable(AgentState state) {
        String detail = state.connections() == 0
                ? "Agent '" + state.name() + "', behind which this service is, is not connected; start it, or look why"
                        + " it cannot reach this gateway."
                : "All connections of agent '" + state.name() + "' are in use; try again later, or start another one.";
        return new Refusal(503, "agent_unavailable", detail, List.of(new Field("Retry-After", "5")));
    }

    /** Takes one back whose response has been read to its clean end; closes it where it cannot be used again. */
    void release(UpstreamConnection connection) {
        if (connection.link() instanceof Tunnel tunnel) {
            long now = deadlines.now();
            rest(new AgentPool.Line(tunnel, connection, now, now));
        } else {
            throw new IllegalStateException("a connection to " + connection.address() + " is no agent's");
        }
    }

    private void rest(AgentPool.Line line) {
        if (line.connection().isLeaving()) {
            pool(line.tunnel().agent()).leaves(line.tunnel().process());
        }
        if (draining.get() || !line.connection().endedCleanly()) {
            line.connection().close();
            return;
        }
        line.connection().rest();
        line.tunnel().rest();
        give(line);
    }

    // Heartbeat.

    private void armBeat() {
        Deadline beat = deadlines.watch(this::beat);
        beat.set(BEAT.dividedBy(2));
    }

    private void beat() {
        if (closed) {
            return;
        }
        long now = deadlines.now();
        for (AgentPool pool : pools.values()) {
            pool.takeSurplus(now - SURPLUS.toNanos(), KEPT_RESTING)
                    .forEach(line -> line.connection().close());
            pool.takeUnheard(now - BEAT.toNanos())
                    .forEach(line ->
                            Thread.ofVirtual().name("hansard-agent-beat").start(() -> ask(line)));
        }
        armBeat();
    }

    private void ask(AgentPool.Line line) {
        try {
            Heartbeat.ask(line.connection(), BEAT_LIMIT);
            rest(new AgentPool.Line(line.tunnel(), line.connection(), line.calledAt(), deadlines.now()));
        } catch (UpstreamException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a connection of agent ''{0}'' is dead: {1}",
                    line.tunnel().agent(),
                    e.code());
            line.connection().close();
        }
    }

    /** Each agent that has been seen, by name. */
    public List<AgentState> states() {
        return pools.values().stream()
                .map(AgentPool::state)
                .sorted(Comparator.comparing(AgentState::name))
                .toList();
    }

    /**
     * The node is about to stop: connections are closed as their calls end. The others are kept for a moment, for calls
     * that have been let in and have none yet.
     */
    public void drain() {
        if (draining.compareAndSet(false, true)) {
            deadlines.watch(this::closeResting).set(LAST_CALLS);
        }
    }

    private void closeResting() {
        for (AgentPool pool : pools.values()) {
            for (AgentPool.Line line = pool.take(); line != null; line = pool.take()) {
                line.connection().close();
            }
        }
    }

    @Override
    public void close() {
        draining.set(true);
        closed = true;
        closeResting();
    }
}
