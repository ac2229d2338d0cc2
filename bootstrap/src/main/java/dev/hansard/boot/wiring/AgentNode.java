// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.AgentSettings;
import dev.hansard.core.agent.RelayGateway;
import dev.hansard.core.agent.RelayParts;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.id.SessionIds;
import dev.hansard.http.agent.AgentLines;
import dev.hansard.http.agent.GatewaySettings;
import dev.hansard.http.agent.LineServer;
import dev.hansard.http.content.LibraryCodings;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.proxy.ListenerSettings;
import dev.hansard.http.proxy.TurnedListener;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.value.InvalidValueException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A running agent: its parts are closed the other way round than they were opened. */
public final class AgentNode implements AutoCloseable {
    private static final String NAME = "agent";

    /** The gateway asks at least every 15 s; one that has not for so long is not there any more. */
    private static final Duration SILENT_GATEWAY = Duration.ofSeconds(45);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable AgentLines lines;

    private AgentNode() {}

    /**
     * Starts an agent, which connects as soon as its gateway can be reached.
     *
     * @throws NodeStartException when it cannot; nothing is left open
     */
    public static AgentNode start(AgentSettings settings, GatewaySettings gateway, NodeClock clock) {
        var agent = new AgentNode();
        try {
            agent.open(settings, gateway, clock);
            return agent;
        } catch (InvalidValueException e) {
            agent.close();
            throw new NodeStartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void open(AgentSettings settings, GatewaySettings gateway, NodeClock clock) {
        Deadlines deadlines = part(new Deadlines(clock.nanos()));
        UpstreamPool upstreams = part(new UpstreamPool(WireLimits.DEFAULT, deadlines));
        upstreams.prepare(settings.services());
        Credentials credentials = part(Credentials.of(settings.credentials(), clock));
        var known = new AtomicReference<@Nullable AgentLines>();
        var parts = new RelayParts(
                new FieldRules(Set.of(), clock.random()),
                new ResponseGuards(LibraryCodings.open()),
                new SessionIds(clock.wall(), clock.random()),
                clock.wall(),
                () -> changed(known.get()));
        var relay = new RelayGateway(gateway.name(), settings.services(), credentials.book(), parts);
        TurnedListener listener = TurnedListener.with(listener(), relay, upstreams, deadlines);
        AgentLines opened = part(AgentLines.open(gateway, new Served(listener, relay), deadlines, clock.random()));
        known.set(opened);
        lines = opened;
    }

    private static void changed(@Nullable AgentLines lines) {
        if (lines != null) {
            lines.callsChanged();
        }
    }

    private static ListenerSettings listener() {
        ListenerSettings.Timeouts usual = ListenerSettings.Timeouts.DEFAULT;
        return new ListenerSettings(
                NAME,
                "",
                0,
                null,
                false,
                ListenerSettings.Limits.DEFAULT,
                new ListenerSettings.Timeouts(
                        SILENT_GATEWAY, usual.requestHead(), usual.minBytesPerSecond(), usual.drain()));
    }

    /** The two adapters that make an agent, which do not know one another. */
    private record Served(TurnedListener listener, RelayGateway relay) implements LineServer {
        @Override
        public boolean serve(InputStream in, OutputStream out, Runnable close) {
            return listener.serve(in, out, close);
        }

        @Override
        public int inFlight() {
            return relay.inFlight();
        }

        @Override
        public void drain() {
            listener.drain();
        }
    }

    /** Connections to the gateway that are open now. */
    public int connections() {
        return lines == null ? 0 : lines.open();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Stops gracefully. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        while (!parts.isEmpty()) {
            Node.close(parts.pop());
        }
    }
}
