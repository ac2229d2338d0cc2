// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection through {@link TcpFaultProxy}: two threads that copy, and what they do to the bytes. */
final class FaultyConnection {
    private static final int CHUNK = 16 * 1024;
    private static final int NAP_MILLIS = 5;

    private final TcpFaultProxy proxy;
    private final Socket client;
    private final Socket server;

    FaultyConnection(TcpFaultProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void run() throws InterruptedException {
        Thread up = Thread.ofVirtual().start(() -> copy(client, server, true));
        copy(server, client, false);
        up.join();
    }

    private void copy(Socket from, Socket to, boolean isUp) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var chunk = new byte[CHUNK];
            long passed = 0;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (!pass(out, chunk, count, passed, isUp)) {
                    return;
                }
                passed += count;
            }
            to.shutdownOutput();
        } catch (IOException _) {
            reset();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes a piece on; the answer is whether more may follow. */
    private boolean pass(OutputStream out, byte[] chunk, int count, long passed, boolean isUp)
            throws IOException, InterruptedException {
        switch (proxy.fault()) {
            case TcpFault.None _ -> out.write(chunk, 0, count);
            case TcpFault.Latency(var delay) -> {
                Thread.sleep(delay);
                out.write(chunk, 0, count);
            }
            case TcpFault.Slow(int perSecond) -> slowly(out, chunk, count, perSecond);
            case TcpFault.Stall _ -> {
                if (!isUp) {
                    awaitEndOfStall();
                }
                out.write(chunk, 0, count);
            }
            case TcpFault.Refuse _ -> reset();
            case TcpFault.ResetUp(long bytes) -> {
                return cut(out, chunk, count, isUp ? bytes - passed : Long.MAX_VALUE, true);
            }
            case TcpFault.ResetDown(long bytes) -> {
                return cut(out, chunk, count, isUp ? Long.MAX_VALUE : bytes - passed, true);
            }
            case TcpFault.HalfClose(long bytes) -> {
                return cut(out, chunk, count, isUp ? Long.MAX_VALUE : bytes - passed, false);
            }
            case TcpFault.Corrupt(long place) -> {
                if (!isUp && place >= passed && place < passed + count) {
                    chunk[(int) (place - passed)] ^= 0x20;
                }
                out.write(chunk, 0, count);
            }
            case TcpFault.Answer answer -> {
                if (!isUp) {
                    return false;
                }
                answer(answer);
                return false;
            }
        }
        return true;
    }

    private void awaitEndOfStall() throws InterruptedException {
        while (proxy.fault() instanceof TcpFault.Stall && !client.isClosed()) {
            Thread.sleep(NAP_MILLIS);
        }
    }

    private static void slowly(OutputStream out, byte[] chunk, int count, int perSecond)
            throws IOException, InterruptedException {
        int step = Math.max(1, perSecond * NAP_MILLIS / 1000);
        for (int at = 0; at < count; at += step) {
            out.write(chunk, at, Math.min(step, count - at));
            TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
        }
    }

    /** Passes at most so many bytes and ends the connection there. */
    private boolean cut(OutputStream out, byte[] chunk, int count, long left, boolean harshly) throws IOException {
        int pass = Math.clamp(left, 0, count);
        out.write(chunk, 0, pass);
        if (pass == count) {
            return true;
        }
        if (harshly) {
            reset();
        } else {
            client.shutdownOutput();
        }
        return false;
    }

    private void answer(TcpFault.Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " " + answer.reason()
                + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        client.shutdownOutput();
        // What the client still sends is taken, for a reset would overtake the answer.
        client.setSoTimeout(1000);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        server.close();
    }

    /** Ends both sides as a crash would. */
    void reset() {
        for (Socket side : new Socket[] {client, server}) {
            try {
                side.setSoLinger(true, 0);
                side.close();
            } catch (IOException _) {
                // It has ended already.
            }
        }
    }
}
