// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose waits are known. Helidon 4.3 has no deadline for a slow request head nor for a reader that stops
 * reading: its idle check looks at the time of the last request only. Here the reader and the writer note what they
 * wait for, and {@link #stalledFor()} tells the idle check. Written by the connection's thread, read by the timer's.
 */
final class StallAwareContext implements ConnectionContext {
    private final ConnectionContext inner;
    private final DataReader reader = new DataReader(this::read);
    private final DataWriter writer = new Writes();

    private boolean isHeadStarted;
    private volatile boolean isReading;
    private volatile boolean isWriting;
    private volatile long waitingSince;
    private volatile boolean isPeerGone;

    StallAwareContext(ConnectionContext inner) {
        this.inner = inner;
    }

    /** How long the peer has kept this connection waiting; zero while it is Hansard that takes the time. */
    Duration stalledFor() {
        return isReading || isWriting ? Duration.ofNanos(System.nanoTime() - waitingSince) : Duration.ZERO;
    }

    boolean isReading() {
        return isReading;
    }

    /**
     * Looks for the end of the connection from a thread of its own, for an answer that may be silent for long. Nothing
     * can be read from this connection afterwards: it has to be closed after the answer.
     */
    void watchPeer() {
        Thread.ofVirtual().name("admin-peer-watch").start(() -> isPeerGone = hasEnded());
    }

    boolean isPeerGone() {
        return isPeerGone;
    }

    /** Closes the socket, which wakes whoever waits on it. */
    void abort() {
        try {
            inner.serverSocket().close();
        } catch (UncheckedIOException _) {
            // It is closed already or closing; there is nobody left to tell.
        }
    }

    private boolean hasEnded() {
        try {
            return inner.serverSocket().get() == null;
        } catch (UncheckedIOException _) {
            return true;
        }
    }

    /** One deadline covers the pause before a request and its whole head, however it trickles in. */
    private byte @Nullable [] read() {
        if (!isHeadStarted) {
            isHeadStarted = true;
            waitingSince = System.nanoTime();
        }
        isReading = true;
        try {
            return inner.serverSocket().get();
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("The admin connection broke", e);
        } finally {
            isReading = false;
        }
    }

    private void write(Runnable write) {
        isHeadStarted = false;
        waitingSince = System.nanoTime();
        isWriting = true;
        try {
            write.run();
        } catch (UncheckedIOException | SocketWriterException e) {
            throw new CloseConnectionException("The admin connection broke", e);
        } finally {
            isWriting = false;
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public Router router() {
        return inner.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return inner.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }

    private final class Writes implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            StallAwareContext.this.write(() -> inner.dataWriter().write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            StallAwareContext.this.write(() -> inner.dataWriter().write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            StallAwareContext.this.write(() -> inner.dataWriter().writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            StallAwareContext.this.write(() -> inner.dataWriter().writeNow(buffer));
        }

        @Override
        public void flush() {
            StallAwareContext.this.write(() -> inner.dataWriter().flush());
        }
    }
}
