// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on the tested context that does what Helidon does: accept, shake hands, claim; then it answers each byte
 * with it.
 */
final class TlsEcho implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] FLOOD = new byte[64 * 1024];

    private final ServerTls tls;
    private final SSLServerSocket server;
    private final boolean flooding;
    private final AtomicReference<@Nullable Runnable> abort = new AtomicReference<>();
    private final AtomicLong written = new AtomicLong();
    private final List<List<X509Certificate>> proved = new CopyOnWriteArrayList<>();
    private volatile boolean serving;

    private TlsEcho(ServerTls tls, boolean flooding) throws IOException {
        this(tls, flooding, _ -> {});
    }

    private TlsEcho(ServerTls tls, boolean flooding, Consumer<SSLServerSocket> asking) throws IOException {
        this.tls = tls;
        this.flooding = flooding;
        server = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
        asking.accept(server);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::accept);
    }

    static TlsEcho start(ServerTls tls) throws IOException {
        return new TlsEcho(tls, false);
    }

    /** One that asks callers for certificates. */
    static TlsEcho asking(ServerTls tls, boolean required) throws IOException {
        return new TlsEcho(tls, false, socket -> {
            if (required) {
                socket.setNeedClientAuth(true);
            } else {
                socket.setWantClientAuth(true);
            }
        });
    }

    /** What the callers of the connections that were made were proved to be, in turn. */
    List<List<X509Certificate>> proved() {
        return proved;
    }

    /** One that, once it has a byte, writes without end. */
    static TlsEcho flooding(ServerTls tls) throws IOException {
        return new TlsEcho(tls, true);
    }

    /** Whether a connection is served that had a byte. */
    boolean isServing() {
        return serving;
    }

    long written() {
        return written.get();
    }

    /** Ends the last connection as a deadline would. */
    void abort() {
        Runnable known = abort.get();
        if (known != null) {
            Thread.ofVirtual().start(known);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = (SSLSocket) server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.setHandshakeApplicationProtocolSelector((_, offered) -> offered.getFirst());
            SocketAddress peer = socket.getRemoteSocketAddress();
            socket.startHandshake();
            abort.set(tls.claim(peer));
            proved.add(provedBy(socket));
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                serving = true;
                do {
                    out.write(flooding ? FLOOD : new byte[] {(byte) next});
                    written.incrementAndGet();
                } while (flooding);
            }
        } catch (IOException _) {
            // What the caller sees of it is what the tests look at.
        } finally {
            serving = false;
        }
    }

    private static List<X509Certificate> provedBy(SSLSocket socket) {
        try {
            return PeerChain.proved(socket.getSession().getPeerCertificates());
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    SSLSocket connect(String version, SSLContext caller) throws IOException {
        var socket = (SSLSocket)
                caller.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    Socket connectPlain() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    SSLSocket connect(String version, TestIdentity trusted) throws IOException {
        return connect(version, null, trusted);
    }

    SSLSocket connect(String version, @Nullable String alpn, TestIdentity trusted) throws IOException {
        var socket = (SSLSocket) TestIdentity.trusting(trusted)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (alpn != null) {
            parameters.setApplicationProtocols(new String[] {alpn});
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static void send(Socket caller) throws IOException {
        caller.getOutputStream().write('x');
    }

    static int roundTrip(Socket caller) throws IOException {
        send(caller);
        return caller.getInputStream().read();
    }

    /** Whether the peer ends the connection in time, whatever it says before. */
    static boolean endsWithin(Socket caller, int seconds) throws IOException {
        caller.setSoTimeout(seconds * 1000);
        try {
            caller.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        tls.close();
    }
}
