// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A caller that sends exactly the bytes it is told to, and keeps exactly what comes back. One char is one byte. */
final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A caller at another address of this machine. */
    static RawClient from(String address, int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0));
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
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
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended in a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Exactly so many bytes. */
    String read(int count) throws IOException {
        return ScriptedUpstream.readExactly(in, count);
    }

    /** The next response, whose content has a length or is chunked; chunk framing is left as it is. */
    String readResponse() throws IOException {
        String head = readHead();
        return head + readBody(head);
    }

    /** What follows that head, of a response that has content; chunk framing is left as it is. */
    String readBody(String head) throws IOException {
        int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length: ");
        if (at >= 0) {
            int from = at + "\r\ncontent-length: ".length();
            return read(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
        }
        return isChunked(head) ? ScriptedUpstream.readChunked(in) : "";
    }

    /** The content that follows that head. */
    String readContent(String head) throws IOException {
        String body = readBody(head);
        return isChunked(head) ? Chunks.contentOf(body) : body;
    }

    private static boolean isChunked(String head) {
        return head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked");
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

    /** Goes away in the middle of whatever is under way. */
    void leave() throws IOException {
        socket.close();
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
