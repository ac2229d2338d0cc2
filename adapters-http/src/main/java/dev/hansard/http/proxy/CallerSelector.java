// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.tls.ServerTls;
import dev.hansard.http.upstream.AgentTunnels;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.ports.exchange.Gateway;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Gives every connection of a listener to our codec; what the connections of one listener share. */
final class CallerSelector implements ServerConnectionSelector {
    private final ListenerSettings settings;
    private final Gateway gateway;
    private final UpstreamPool upstreams;
    private final Deadlines deadlines;
    private final @Nullable ServerTls tls;
    private final ConnectionCap cap;
    private final Semaphore calls;
    private final HeldMemory held = HeldMemory.ofHeap();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final boolean isAgents;

    CallerSelector(
            ListenerSettings settings,
            Gateway gateway,
            UpstreamPool upstreams,
            Deadlines deadlines,
            @Nullable ServerTls tls) {
        this(settings, gateway, upstreams, deadlines, tls, false);
    }

    private CallerSelector(
            ListenerSettings settings,
            Gateway gateway,
            UpstreamPool upstreams,
            Deadlines deadlines,
            @Nullable ServerTls tls,
            boolean isAgents) {
        this.settings = settings;
        this.isAgents = isAgents;
        this.gateway = gateway;
        this.upstreams = upstreams;
        this.deadlines = deadlines;
        this.tls = tls;
        this.cap = new ConnectionCap(
                settings.limits().connections(), settings.limits().connectionsPerSource());
        this.calls = new Semaphore(settings.limits().concurrency());
    }

    /** That of an agent: its connections are its own, and its caller is the gateway. */
    static CallerSelector ofAgent(
            ListenerSettings settings, Gateway gateway, UpstreamPool upstreams, Deadlines deadlines) {
        return new CallerSelector(settings, gateway, upstreams, deadlines, null, true);
    }

    boolean isAgents() {
        return isAgents;
    }

    ListenerSettings settings() {
        return settings;
    }

    Gateway gateway() {
        return gateway;
    }

    UpstreamPool upstreams() {
        return upstreams;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ConnectionCap cap() {
        return cap;
    }

    /** One permit for each call in flight. */
    Semaphore calls() {
        return calls;
    }

    /** What contents take that wait for a decision. */
    HeldMemory held() {
        return held;
    }

    boolean isDraining() {
        return draining.get();
    }

    void drain() {
        draining.set(true);
        AgentTunnels agents = upstreams.agents();
        if (agents != null) {
            agents.drain();
        }
    }

    int connections() {
        return cap.open();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("http/1.1");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        CallerSocket socket = CallerSocket.of(context.serverSocket());
        SocketAddress peer = context.remotePeer().address();
        return new CallerConnection(this, context, tls == null ? socket : socket.endedBy(tls.claim(peer)));
    }
}
