// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream on a real socket that answers each request as its script says, and keeps what it was sent. */
final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** What to do with one request; the connection goes on while it returns true. */
    @FunctionalInterface
    interface Script {
        boolean answer(String request, OutputStream out, Socket socket) throws IOException;
    }

    private ScriptedUpstream(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedUpstream with(Script script) {
        return new ScriptedUpstream(script);
    }

    /** The same bytes for every request. */
    static ScriptedUpstream answering(String response) {
        return with((_, out, _) -> {
            out.write(response.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return true;
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** The requests as they came in, framing and all. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
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

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            while (true) {
                String request = readRequest(in);
                if (request.isEmpty()) {
                    return;
                }
                requests.add(request);
                if (!script.answer(request, socket.getOutputStream(), socket)) {
                    return;
                }
            }
        } catch (IOException _) {
            // The proxy hung up.
        } finally {
            open.remove(socket);
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length: ");
        if (lower.contains("expect: 100-continue")) {
            return head;
        }
        if (at >= 0) {
            int from = at + "\r\ncontent-length: ".length();
            int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
            return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
        if (!lower.contains("transfer-encoding: chunked")) {
            return head;
        }
        var content = new ByteArrayOutputStream();
        while (!content.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head + content.toString(StandardCharsets.ISO_8859_1);
            }
            content.write(next);
        }
        return head + content.toString(StandardCharsets.ISO_8859_1);
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
