// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * TLS of a listener: a context whose certificate follows its files, and whose handshakes have a deadline. The server
 * hands a connection on only after its handshake; whoever gets it claims it here, and what is not claimed in time is
 * closed.
 */
public final class ServerTls implements AutoCloseable {
    private final SSLContext context;
    private final AcceptedSockets accepted;

    private ServerTls(SSLContext context, AcceptedSockets accepted) {
        this.context = context;
        this.accepted = accepted;
    }

    /**
     * Reads the files. Whether a certificate is asked for is set on the server socket.
     *
     * @param handshake how long a handshake may take before its connection is closed
     * @param nanos a clock that never goes back, in nanoseconds
     * @throws IOException when the files cannot be used; the message says which and why
     */
    public static ServerTls open(ServerTlsSettings settings, Duration handshake, LongSupplier nanos)
            throws IOException {
        try {
            SSLContext plain = SSLContext.getInstance("TLS");
            var keys = ReloadingKeys.open(settings.certFile(), settings.keyFile(), nanos);
            ServerTlsSettings.Clients clients = settings.clients();
            // Without authorities nobody is trusted; the JDK would otherwise trust all that browsers do.
            TrustManager[] authorities = clients == null
                    ? new TrustManager[0]
                    : new TrustManager[] {ReloadingAuthorities.open(clients.caFile(), nanos)};
            plain.init(new KeyManager[] {keys}, authorities, null);
            var accepted = new AcceptedSockets(handshake);
            return new ServerTls(new AcceptReportingContext(plain, accepted::add), accepted);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "TLS with cert-file '" + settings.certFile() + "' and key-file '" + settings.keyFile()
                            + "' cannot be set up",
                    e);
        }
    }

    /**
     * Whether these files could be used now.
     *
     * @throws IOException when they cannot; the message says which and why
     */
    public static void check(Path certFile, Path keyFile) throws IOException {
        ReloadingKeys _ = ReloadingKeys.open(certFile, keyFile, () -> 0);
    }

    /** The context whose server sockets are watched. */
    public SSLContext context() {
        return context;
    }

    /**
     * Says that the handshake with that peer is done, so that its deadline no longer holds.
     *
     * @return ends the connection at once, also while a writer is stuck on it; may be run any time and more than once
     */
    public Runnable claim(SocketAddress peer) {
        return accepted.claim(peer);
    }

    /** Stops watching; for after the server socket was closed. */
    @Override
    public void close() {
        accepted.close();
    }

    /** Connections whose handshake is not done. */
    int unclaimed() {
        return accepted.unclaimed();
    }
}
