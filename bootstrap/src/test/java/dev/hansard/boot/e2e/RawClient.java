// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A caller that sends exactly the bytes it is told to, and keeps exactly what comes back. One char is one byte. */
final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    RawClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The head of the next response, with its empty line. */
    String readHead() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!endsHead(head)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in a head: " + text(head));
            }
            head.write(next);
        }
        return text(head);
    }

    private static boolean endsHead(ByteArrayOutputStream head) {
        return text(head).endsWith("\r\n\r\n");
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    String read(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** The next response, whose content has a length or is chunked; chunk framing is left as it is. */
    String readResponse() throws IOException {
        String head = readHead();
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length: ");
        if (at >= 0) {
            int from = at + "\r\ncontent-length: ".length();
            return head + read(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
        }
        if (!lower.contains("transfer-encoding: chunked")) {
            return head;
        }
        var content = new ByteArrayOutputStream();
        while (!text(content).endsWith("0\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in a chunked content");
            }
            content.write(next);
        }
        return head + text(content);
    }

    /** All that comes until the connection ends, by a clean end or a reset. */
    String readToEnd() {
        var all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (IOException _) {
            // A reset is an end too.
        }
        return text(all);
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
