// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.tls.ClientTls;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Opens connections to upstreams, within the service's connect time-out, TLS handshake included. */
final class Connector implements AutoCloseable {
    private final Map<String, ClientTls> trust = new ConcurrentHashMap<>();
    private final WireLimits limits;
    private final Deadlines deadlines;

    Connector(WireLimits limits, Deadlines deadlines) {
        this.limits = limits;
        this.deadlines = deadlines;
    }

    void prepare(Service service) {
        if (service.upstreams().stream().noneMatch(UpstreamAddress::tls)) {
            return;
        }
        try {
            trust.put(service.name().value(), ClientTls.open(service.tls(), deadlines::now));
        } catch (IOException e) {
            throw new InvalidValueException("service '" + service.name().value() + "': " + e.getMessage());
        }
    }

    UpstreamConnection connect(Service service, UpstreamAddress address) throws UpstreamException {
        SocketChannel channel = open(address);
        // One deadline over resolving, connecting and the handshake: closing the channel ends whichever blocks.
        try (Deadline deadline = deadlines.watch(() -> SocketLink.closeQuietly(channel))) {
            deadline.set(service.timeouts().connect());
            try {
                return establish(service, address, channel);
            } catch (IOException e) {
                SocketLink.closeQuietly(channel);
                throw deadline.hasPassed() ? late(service, address) : failed(address, e);
            }
        }
    }

    private static SocketChannel open(UpstreamAddress address) throws UpstreamException {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw failed(address, e);
        }
    }

    private UpstreamConnection establish(Service service, UpstreamAddress address, SocketChannel channel)
            throws IOException {
        // Resolved anew at each connect, so that a changed address is followed and a cached one never outlives the
        // JDK's TTL.
        var target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            throw new IOException("the host name cannot be resolved");
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(target);
        if (!address.tls()) {
            return new UpstreamConnection(address, new SocketLink(channel, null), limits, deadlines);
        }
        SSLSocket socket = tls(service).wrap(channel.socket(), address, service.tls());
        String shown = tls(service).shown();
        socket.startHandshake();
        var connection = new UpstreamConnection(address, new SocketLink(channel, socket), limits, deadlines);
        connection.madeWith(shown);
        return connection;
    }

    /** Whether the connection was made with the certificate that would be shown now; always where none is. */
    boolean isCurrent(Service service, UpstreamConnection connection) {
        if (service.tls().certFile() == null) {
            return true;
        }
        ClientTls known = trust.get(service.name().value());
        return known != null && known.shown().equals(connection.madeWith());
    }

    private ClientTls tls(Service service) throws SSLException {
        ClientTls known = trust.get(service.name().value());
        if (known == null) {
            known = open(service);
            ClientTls raced = trust.putIfAbsent(service.name().value(), known);
            known = raced == null ? known : raced;
        }
        known.refresh();
        return known;
    }

    private ClientTls open(Service service) throws SSLException {
        try {
            return ClientTls.open(service.tls(), deadlines::now);
        } catch (IOException e) {
            throw new SSLException("the files for TLS cannot be read", e);
        }
    }

    private static UpstreamException late(Service service, UpstreamAddress address) {
        return new UpstreamException(
                504,
                "upstream_connect_timeout",
                "No connection to " + address + " within "
                        + service.timeouts().connect().toMillis() + " ms; check that it is up and reachable.");
    }

    private static UpstreamException failed(UpstreamAddress address, IOException cause) {
        if (cause instanceof SSLException) {
            return new UpstreamException(
                    502,
                    "upstream_tls_failed",
                    "The TLS handshake with " + address
                            + " failed; check its certificate, the service's tls.ca-file and tls.server-name,"
                            + " and whether it wants a certificate that no credential of type mtls shows.",
                    cause);
        }
        return new UpstreamException(
                502,
                "upstream_unreachable",
                "No connection to " + address + "; check that it is up and reachable.",
                cause);
    }

    @Override
    public void close() {
        trust.clear();
    }
}
