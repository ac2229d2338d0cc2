// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A target on a real socket: keeps connections, serves each on a virtual thread, and notes every request that reached
 * it.
 */
final class Upstream implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Script script;
    private final Queue<Wire.Head> seen = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What to do with one request: read its content, write the answer. */
    @FunctionalInterface
    interface Script {
        void answer(Wire.Head head, InputStream content, OutputStream out) throws IOException, InterruptedException;
    }

    Upstream(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers each request with its own target and length. */
    static Upstream echoing() {
        return new Upstream((head, content, out) -> {
            long length = content.transferTo(OutputStream.nullOutputStream());
            write(out, "", head.method() + " " + head.target() + " " + length);
        });
    }

    /** Writes a whole 200 at once. */
    static void write(OutputStream out, String fields, String content) throws IOException {
        String text = "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + content.length() + "\r\n\r\n" + content;
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The heads of all requests so far. */
    Collection<Wire.Head> seen() {
        return seen;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var wire = new Wire(socket.getInputStream());
            for (Optional<Wire.Head> head = wire.head(); head.isPresent(); head = wire.head()) {
                seen.add(head.get());
                InputStream content = wire.content(head.get());
                script.answer(head.get(), content, socket.getOutputStream());
                content.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException _) {
            // The proxy hung up or was killed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
