// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.tls.ServerTls;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.value.InvalidValueException;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener that callers call. Helidon keeps the server socket, TLS, virtual threads and the life cycle; our codec is
 * its only connection selector, so that no byte of a call passes through its header model.
 */
public final class DataListener implements AutoCloseable {
    /** Longest TLS handshake. */
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(5);

    private final WebServer server;
    private final CallerSelector selector;
    private final @Nullable ServerTls tls;

    private DataListener(WebServer server, CallerSelector selector, @Nullable ServerTls tls) {
        this.server = server;
        this.selector = selector;
        this.tls = tls;
    }

    /**
     * Binds and serves.
     *
     * @throws InvalidValueException when the address cannot be bound or the TLS files cannot be used; says what to do
     */
    public static DataListener start(
            ListenerSettings settings, Gateway gateway, UpstreamPool upstreams, Deadlines deadlines) {
        ServerTls tls = tls(settings);
        var selector = new CallerSelector(settings, gateway, upstreams, deadlines, tls);
        WebServerConfig.Builder config = WebServer.builder()
                .name(settings.name())
                .address(resolve(settings))
                .port(settings.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                // Ours is the only protocol: Helidon's own would otherwise be found and asked first.
                .protocolsDiscoverServices(false)
                .backlog(1024)
                .connectionOptions(SocketOptions.builder()
                        .tcpNoDelay(true)
                        .socketReuseAddress(true)
                        .build())
                .shutdownGracePeriod(settings.timeouts().drain())
                // Ours are the finer deadlines; this one must never come first.
                .idleConnectionTimeout(Duration.ofDays(1))
                .addConnectionSelector(selector);
        if (tls != null) {
            config.tls(Tls.builder()
                    .sslContext(tls.context())
                    .clientAuth(clientAuth(settings))
                    .addEnabledProtocol("TLSv1.3")
                    .addEnabledProtocol("TLSv1.2")
                    .build());
        }
        // It does not throw when the address cannot be bound; it is then just not running.
        WebServer server = config.build().start();
        if (!server.isRunning()) {
            throw new InvalidValueException("listener '" + settings.name() + "' cannot be bound to " + settings.host()
                    + ":" + settings.port() + "; check that the address is this machine's and the port is free");
        }
        return new DataListener(server, selector, tls);
    }

    private static InetAddress resolve(ListenerSettings settings) {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException _) {
            throw new InvalidValueException("listener '" + settings.name() + "' has the address '" + settings.host()
                    + "', which cannot be resolved");
        }
    }

    private static TlsClientAuth clientAuth(ListenerSettings settings) {
        if (settings.tls() == null || settings.tls().clients() == null) {
            return TlsClientAuth.NONE;
        }
        return settings.tls().clients().required() ? TlsClientAuth.REQUIRED : TlsClientAuth.OPTIONAL;
    }

    private static @Nullable ServerTls tls(ListenerSettings settings) {
        if (settings.tls() == null) {
            return null;
        }
        Duration head = settings.timeouts().requestHead();
        Duration handshake = head.compareTo(HANDSHAKE_LIMIT) < 0 ? head : HANDSHAKE_LIMIT;
        try {
            return ServerTls.open(settings.tls(), handshake, System::nanoTime);
        } catch (IOException e) {
            throw new InvalidValueException("listener '" + settings.name() + "': " + e.getMessage());
        }
    }

    /** The port that it is bound to. */
    public int port() {
        return server.port();
    }

    /** Connections that are open now. */
    public int connections() {
        return selector.connections();
    }

    /**
     * Stops: takes no new connection, answers what comes on the old ones with {@code Connection: close}, lets the calls
     * in flight end within the drain time, then closes what is left.
     */
    @Override
    public void close() {
        selector.drain();
        server.stop();
        if (tls != null) {
            tls.close();
        }
    }
}
