// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a caller's connection. Helidon's own reader makes a new array for every read; its socket, though, lends
 * its streams to any {@link BufferData} that wants to be read into or written from, and so to ours, once per
 * connection.
 */
final class CallerSocket {
    private final InputStream in;
    private final OutputStream out;
    private final Runnable closing;
    private final Runnable abort;

    private CallerSocket(InputStream in, OutputStream out, Runnable closing, @Nullable Runnable abort) {
        this.closing = closing;
        this.in = in;
        this.out = out;
        this.abort = abort == null ? this::close : abort;
    }

    static CallerSocket of(HelidonSocket socket) {
        var borrower = new Borrower();
        var buffer = (BufferData)
                Proxy.newProxyInstance(BufferData.class.getClassLoader(), new Class<?>[] {BufferData.class}, borrower);
        socket.read(buffer);
        socket.write(buffer);
        if (borrower.in == null || borrower.out == null) {
            throw new IllegalStateException("this version of Helidon does not lend the streams of its socket");
        }
        return new CallerSocket(borrower.in, borrower.out, () -> close(socket), null);
    }

    /** Without a peer: what a request held, and where its response is kept. */
    static CallerSocket of(InputStream in, OutputStream out) {
        return new CallerSocket(in, out, () -> {}, null);
    }

    /** The same, whose {@link #abort} is that. */
    CallerSocket endedBy(Runnable abort) {
        return new CallerSocket(in, out, closing, abort);
    }

    /** A connection that somebody else has opened, and ends with {@code closing}. */
    static CallerSocket of(InputStream in, OutputStream out, Runnable closing) {
        return new CallerSocket(in, out, closing, null);
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Bytes read, or -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /** Ends it whatever blocks on it; what the peer has not taken may be lost. */
    void abort() {
        abort.run();
    }

    /** Ends it and what reads from it. A TLS socket waits for its writer first. */
    void close() {
        closing.run();
    }

    private static void close(HelidonSocket socket) {
        try {
            socket.close();
        } catch (java.io.UncheckedIOException _) {
            // It was to go away, and it has.
        }
    }

    /** Stands in for a buffer and keeps the streams that it is handed. */
    private static final class Borrower implements java.lang.reflect.InvocationHandler {
        private @Nullable InputStream in;
        private @Nullable OutputStream out;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            Object given = arguments == null || arguments.length == 0 ? null : arguments[0];
            switch (given) {
                case InputStream stream -> in = stream;
                case OutputStream stream -> out = stream;
                case null, default ->
                    throw new UnsupportedOperationException(
                            method.getName() + " is not what a socket asks of a buffer");
            }
            return method.getReturnType() == int.class ? 0 : null;
        }
    }
}
