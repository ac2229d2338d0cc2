// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.io.EOFException;
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
    private final boolean headsOnly;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    /** What to do with one request; the connection goes on while it returns true. */
    @FunctionalInterface
    interface Script {
        boolean answer(String request, OutputStream out, Socket socket) throws IOException;
    }

    private ScriptedUpstream(Script script, boolean headsOnly) {
        this.script = script;
        this.headsOnly = headsOnly;
        try {
            server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedUpstream with(Script script) {
        return new ScriptedUpstream(script, false);
    }

    /** The script is asked as soon as the head is there; content is its to read, or to leave. */
    static ScriptedUpstream onHead(Script script) {
        return new ScriptedUpstream(script, true);
    }

    /** The same bytes for every request. */
    static ScriptedUpstream answering(String response) {
        return with((_, out, _) -> {
            write(out, response);
            return true;
        });
    }

    static void write(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
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

    /** Connections that are open now. */
    int open() {
        return open.size();
    }

    /** Requests of which at least one byte came in. */
    int begun() {
        return begun.get();
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

    private String readRequest(InputStream in) throws IOException {
        String head = readThrough(in, "\r\n\r\n", begun);
        String lower = head.toLowerCase(Locale.ROOT);
        if (head.isEmpty() || headsOnly) {
            return head;
        }
        int at = lower.indexOf("\r\ncontent-length: ");
        if (at >= 0) {
            int from = at + "\r\ncontent-length: ".length();
            return head + readExactly(in, Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
        }
        return lower.contains("\r\ntransfer-encoding: chunked") ? head + readChunked(in) : head;
    }

    /** A chunked content as it stands, framing and trailers included. */
    static String readChunked(InputStream in) throws IOException {
        var content = new StringBuilder();
        while (true) {
            String size = readLine(in);
            content.append(size);
            int length = Integer.parseInt(size.strip(), 16);
            if (length > 0) {
                content.append(readExactly(in, length + 2));
                continue;
            }
            String line;
            do {
                line = readLine(in);
                content.append(line);
            } while (!line.equals("\r\n"));
            return content.toString();
        }
    }

    private static String readLine(InputStream in) throws IOException {
        String line = readThrough(in, "\r\n", new AtomicInteger());
        if (line.isEmpty()) {
            throw new EOFException();
        }
        return line;
    }

    static String readExactly(InputStream in, int length) throws IOException {
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException();
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** All up to and with {@code end}; empty when the stream ends before. */
    private static String readThrough(InputStream in, String end, AtomicInteger begun) throws IOException {
        var text = new StringBuilder();
        while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            if (text.isEmpty()) {
                begun.incrementAndGet();
            }
            text.append((char) next);
        }
        return text.toString();
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
