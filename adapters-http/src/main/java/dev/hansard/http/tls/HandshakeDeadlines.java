// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Closes connections whose TLS handshake takes too long. The server hands a connection to us only after its handshake, so the
 * watch has to start where the socket is accepted: in the server socket that the context makes.
 */
final class HandshakeDeadlines {
    private final ScheduledThreadPoolExecutor timer;
    private final Duration limit;

    private HandshakeDeadlines(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("hansard-handshakes").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    static SSLContext over(SSLContext context, Duration limit) {
        return new WatchedContext(context, new HandshakeDeadlines(limit)::watch);
    }

    private void watch(SSLSocket socket) {
        ScheduledFuture<?> _ = timer.schedule(() -> expire(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void expire(SSLSocket socket) {
        // Closing TLS writes to the peer and may wait for it, which must not hold up the others.
        Thread.ofVirtual().name("hansard-handshake-expiry").start(() -> closeUnlessDone(socket));
    }

    private static void closeUnlessDone(SSLSocket socket) {
        // Null until the handshake has settled it, empty when it settled on none.
        if (socket.getApplicationProtocol() == null) {
            try {
                socket.close();
            } catch (IOException _) {
                // It was to go away, and it has.
            }
        }
    }
}
