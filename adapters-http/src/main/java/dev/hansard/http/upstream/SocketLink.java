// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.value.AgentName;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection that Hansard has opened. */
final class SocketLink implements Link {
    private final SocketChannel channel;
    private final @Nullable SSLSocket tls;
    private final InputStream in;
    private final OutputStream out;
    private final ByteBuffer probe = ByteBuffer.allocate(1);

    SocketLink(SocketChannel channel, @Nullable SSLSocket tls) throws IOException {
        this.channel = channel;
        this.tls = tls;
        this.in = tls == null ? channel.socket().getInputStream() : tls.getInputStream();
        this.out = tls == null ? channel.socket().getOutputStream() : tls.getOutputStream();
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public boolean isSilent() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(probe.clear()) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        // The channel first: closing a TLS socket writes to the peer and may wait for it.
        closeQuietly(channel);
        if (tls != null) {
            closeQuietly(tls);
        }
    }

    @Override
    public @Nullable AgentName agent() {
        return null;
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException _) {
            // It was to go away, and it has.
        }
    }
}
