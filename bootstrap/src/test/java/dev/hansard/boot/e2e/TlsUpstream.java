// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import dev.hansard.http.tls.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;

/**
 * An upstream that speaks TLS and answers each request without content with the same bytes. It layers TLS over a plain
 * socket of its own, so that it can end the one without the other.
 */
final class TlsUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicReference<TestIdentity> identity;
    private final String response;
    private final Ending ending;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> namesAskedFor = new CopyOnWriteArrayList<>();

    /** What comes after a response. */
    enum Ending {
        KEEP_ALIVE,
        /** TLS says that it ends. */
        CLOSE_NOTIFY,
        /** The connection ends, but TLS does not say so, as when somebody cuts it. */
        TRUNCATE
    }

    private TlsUpstream(TestIdentity identity, String response, Ending ending) throws IOException {
        this.identity = new AtomicReference<>(identity);
        this.response = response;
        this.ending = ending;
        server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static TlsUpstream start(TestIdentity identity) throws IOException {
        return start(identity, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret", Ending.KEEP_ALIVE);
    }

    static TlsUpstream start(TestIdentity identity, String response, Ending ending) throws IOException {
        return new TlsUpstream(identity, response, ending);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Shows another certificate to new connections, and ends the ones there are. */
    void change(TestIdentity other) throws IOException {
        identity.set(other);
        for (Socket socket : open) {
            socket.close();
        }
    }

    int connections() {
        return connections.get();
    }

    /** The names of SNI that were asked for, one for each handshake that had any. */
    List<String> namesAskedFor() {
        return namesAskedFor;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain;
                var socket = (SSLSocket) identity.get()
                        .serving()
                        .getSocketFactory()
                        .createSocket(plain, InputStream.nullInputStream(), false)) {
            socket.setUseClientMode(false);
            socket.startHandshake();
            if (socket.getSession() instanceof ExtendedSSLSession session) {
                session.getRequestedServerNames().stream()
                        .map(SNIServerName::getEncoded)
                        .forEach(name -> namesAskedFor.add(new String(name, StandardCharsets.US_ASCII)));
            }
            while (readsRequest(socket.getInputStream())) {
                socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
                switch (ending) {
                    case KEEP_ALIVE -> {}
                    case CLOSE_NOTIFY -> {
                        return;
                    }
                    case TRUNCATE -> plain.close();
                }
            }
        } catch (IOException _) {
            // The proxy hung up, or did not like the certificate.
        } finally {
            open.remove(plain);
        }
    }

    private static boolean readsRequest(InputStream in) throws IOException {
        var end = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            end.append((char) next);
            if (end.length() > 4) {
                end.deleteCharAt(0);
            }
            if (end.toString().equals("\r\n\r\n")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
