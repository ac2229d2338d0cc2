// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server and does to their connections what networks and dying servers do. The fault can
 * be changed at any time; it holds for open connections, too. Safe for any number of threads.
 */
public final class TcpFaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port;
    private final Set<FaultyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile TcpFault fault = new TcpFault.None();
    private volatile ServerSocket listener;
    private volatile boolean closed;

    private TcpFaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        listener = listen(0);
        port = listener.getLocalPort();
        accept(listener);
    }

    /** Starts one on a free port of this machine, without a fault. */
    public static TcpFaultProxy to(InetSocketAddress server) {
        try {
            return new TcpFaultProxy(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** How many connections came so far. */
    public long accepted() {
        return accepted.get();
    }

    TcpFault fault() {
        return fault;
    }

    /** Does this from now on, instead of what it did. */
    public synchronized void apply(TcpFault next) {
        boolean wasRefusing = fault instanceof TcpFault.Refuse;
        fault = next;
        try {
            if (next instanceof TcpFault.Refuse) {
                listener.close();
                connections.forEach(FaultyConnection::reset);
            } else if (wasRefusing) {
                listener = listen(port);
                accept(listener);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        return socket;
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().name("fault-proxy").start(() -> {
            while (!closed && !from.isClosed()) {
                try {
                    Socket client = from.accept();
                    accepted.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(client));
                } catch (IOException _) {
                    // The listener was closed, or the client has gone.
                }
            }
        });
    }

    private void serve(Socket client) {
        try (client;
                var upstream = new Socket()) {
            upstream.connect(server);
            var connection = new FaultyConnection(this, client, upstream);
            connections.add(connection);
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        } catch (IOException _) {
            // To the client it looks like a server that hangs up, which is what it is.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException _) {
            // It is not used any more.
        }
        connections.forEach(FaultyConnection::reset);
    }
}
