// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Gateway;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An agent's side of the connections that it has opened: serves the calls that come over them, as a listener does those
 * of the connections that it accepts. Safe for any number of threads.
 */
public final class TurnedListener {
    private final CallerSelector shared;
    private final Set<CallerConnection> connections = ConcurrentHashMap.newKeySet();

    private TurnedListener(CallerSelector shared) {
        this.shared = shared;
    }

    /**
     * One over its parts.
     *
     * @param settings its address means nothing; {@code idle} is how long a gateway may be silent
     */
    public static TurnedListener with(
            ListenerSettings settings, Gateway gateway, UpstreamPool upstreams, Deadlines deadlines) {
        return new TurnedListener(CallerSelector.ofAgent(settings, gateway, upstreams, deadlines));
    }

    /**
     * Serves one connection to its end, on the calling thread.
     *
     * @param close ends it and whatever blocks on it
     * @return whether a request came over it
     */
    public boolean serve(InputStream in, OutputStream out, Runnable close) {
        var arrival = new Arrival(shared.settings().name(), "gateway", true, false, List.of());
        var connection = new CallerConnection(shared, arrival, CallerSocket.of(in, out, close));
        connections.add(connection);
        try {
            return connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    /** Tells the gateway, on each connection, that no further call is to come; those that are under way go on. */
    public void drain() {
        shared.drain();
        connections.forEach(CallerConnection::leave);
    }
}
