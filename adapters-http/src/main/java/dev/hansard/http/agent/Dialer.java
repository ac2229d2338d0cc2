// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.tls.ClientTls;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Opens connections to the gateway and has them taken on. Safe for any number of threads. */
final class Dialer {
    /** From the first packet to the gateway's answer, TLS included. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int LONGEST_TOKEN = 4_096;

    private final GatewaySettings gateway;
    private final String process;
    private final Deadlines deadlines;
    private final @Nullable ClientTls tls;

    /**
     * @param process tells the connections of this process from those of others
     * @throws InvalidValueException when the files for TLS cannot be used; says why
     */
    Dialer(GatewaySettings gateway, String process, Deadlines deadlines) {
        this.gateway = gateway;
        this.process = process;
        this.deadlines = deadlines;
        try {
            this.tls = gateway.address().tls() ? ClientTls.open(gateway.tls(), deadlines::now) : null;
        } catch (IOException e) {
            throw new InvalidValueException("the gateway's certificate cannot be verified: " + e.getMessage());
        }
    }

    /** A connection that the gateway sends requests on. */
    record Line(InputStream in, OutputStream out, Runnable close) {}

    /**
     * A new one.
     *
     * @throws IOException when there is none; the message says why, and nothing of the token
     */
    Line dial() throws IOException {
        Secret token = token();
        var socket = new Socket();
        try (Deadline deadline = deadlines.watch(() -> close(socket))) {
            deadline.set(LIMIT);
            try {
                return turned(socket, token);
            } catch (IOException e) {
                close(socket);
                throw deadline.hasPassed()
                        ? new HandshakeException("the gateway did not answer within " + LIMIT.toSeconds() + " s")
                        : e;
            }
        }
    }

    private Line turned(Socket socket, Secret token) throws IOException {
        var target = new InetSocketAddress(
                gateway.address().host(), gateway.address().port());
        if (target.isUnresolved()) {
            throw new HandshakeException("the host of --gateway cannot be resolved");
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        try {
            socket.connect(target);
        } catch (ConnectException _) {
            throw new HandshakeException("nobody listens at " + gateway.address() + ", or it cannot be reached");
        }
        Socket spoken = tls == null ? socket : encrypted(tls, socket);
        Handshake.ask(spoken.getOutputStream(), gateway, process, token);
        Handshake.readAnswer(spoken.getInputStream());
        return new Line(spoken.getInputStream(), spoken.getOutputStream(), () -> close(socket));
    }

    private Socket encrypted(ClientTls known, Socket socket) throws IOException {
        known.refresh();
        SSLSocket encrypted = known.wrap(socket, gateway.address(), gateway.tls());
        try {
            encrypted.startHandshake();
        } catch (SSLException e) {
            throw new HandshakeException("the gateway's certificate or TLS is not accepted (" + e.getMessage()
                    + "); check --ca-file and the name in --gateway");
        }
        return encrypted;
    }

    private Secret token() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(gateway.tokenFile());
        } catch (IOException _) {
            throw new HandshakeException("--token-file " + gateway.tokenFile() + " cannot be read");
        }
        String token = new String(bytes, StandardCharsets.UTF_8).strip();
        if (token.isEmpty() || token.length() > LONGEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new HandshakeException("--token-file " + gateway.tokenFile()
                    + " must hold one token of printable ASCII, and nothing else");
        }
        return Secret.of(token);
    }

    /** The plain socket, also under TLS: to say good-bye there waits for whoever writes. */
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It was to go away, and it has.
        }
    }
}
