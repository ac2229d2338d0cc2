// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * The sockets of a listener from their accept until their handshake is done. What is still here after the limit is
 * closed: it stalls or drips. The socket itself cannot be asked, as its application protocol is settled by the first
 * message of the handshake and not by its end.
 */
final class AcceptedSockets implements AutoCloseable {
    private final Map<SocketAddress, SSLSocket> unclaimed = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private final Duration limit;

    AcceptedSockets(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("hansard-handshakes").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void add(SSLSocket socket) {
        SocketAddress peer = socket.getRemoteSocketAddress();
        if (peer == null) {
            return; // It was reset before it could be looked at.
        }
        unclaimed.put(peer, socket);
        try {
            ScheduledFuture<?> _ = timer.schedule(() -> expire(peer, socket), limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            expire(peer, socket); // The listener is being closed.
        }
    }

    Runnable claim(SocketAddress peer) {
        SSLSocket socket = unclaimed.remove(peer);
        return socket == null ? () -> {} : () -> abort(socket);
    }

    int unclaimed() {
        return unclaimed.size();
    }

    @Override
    public void close() {
        timer.shutdown();
        unclaimed.values().forEach(AcceptedSockets::abort);
        unclaimed.clear();
    }

    private void expire(SocketAddress peer, SSLSocket socket) {
        if (unclaimed.remove(peer, socket)) {
            // Closing may take a moment, which must not hold up the others.
            Thread.ofVirtual().name("hansard-handshake-expiry").start(() -> abort(socket));
        }
    }

    /**
     * Closing a TLS socket says good-bye to the peer, and for that waits for its writer, which is for ever where the
     * peer does not read. Only a socket that lingers does not wait (see {@code SSLSocketImpl.closeNotify}); lingering
     * for no time also drops what the peer has not taken.
     */
    private static void abort(SSLSocket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException _) {
            // Closed already.
        }
        try {
            socket.close();
        } catch (IOException _) {
            // It was to go away, and it has.
        }
    }
}
