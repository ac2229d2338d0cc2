// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A caller on one connection that it keeps. A call returns when the answer is there whole, and throws otherwise. */
final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final Wire wire;

    private Caller(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        wire = new Wire(socket.getInputStream());
    }

    static Caller to(int port) throws IOException {
        return new Caller(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** From another address of this machine, because a listener limits the connections of each. */
    static Caller to(int port, int lastOctet) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastOctet}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        return new Caller(socket);
    }

    /** Waits longer for answers than others do. */
    void patient(Duration longer) throws IOException {
        socket.setSoTimeout((int) longer.toMillis());
    }

    /** An answer that came whole. */
    record Reply(Wire.Head head, String content) {
        int status() {
            return head.status();
        }

        String session() {
            return head.field("hansard-session").orElseThrow();
        }
    }

    Reply get(String target, String... fields) throws IOException {
        send("GET", target, "", fields);
        return reply();
    }

    Reply post(String target, String content) throws IOException {
        send("POST", target, content);
        return reply();
    }

    void send(String method, String target, String content, String... fields) throws IOException {
        var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: it.example\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        if (!content.isEmpty()) {
            head.append("Content-Length: ").append(content.length()).append("\r\n");
        }
        write(head.append("\r\n").append(content).toString());
    }

    void write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Reply reply() throws IOException {
        Wire.Head head = head();
        byte[] content = wire.content(head).readAllBytes();
        return new Reply(head, new String(content, StandardCharsets.ISO_8859_1));
    }

    Wire.Head head() throws IOException {
        return wire.head().orElseThrow(() -> new EOFException("the connection ended without an answer"));
    }

    Wire wire() {
        return wire;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
