// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import dev.hansard.http.wire.AgentProtocol;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.ResponseParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Asks a gateway to take a connection on as an agent's. */
final class Handshake {
    private static final int SWITCHING_PROTOCOLS = 101;

    /** No gateway's answer is longer; what other servers say with more is of no use here. */
    private static final WireLimits LIMITS = new WireLimits(1_024, 2_048, 8_192, 64, 256, 1_024);

    private Handshake() {}

    /**
     * Sends the request.
     *
     * @param process tells the connections of this process from those of others
     */
    static void ask(OutputStream out, GatewaySettings gateway, String process, Secret token) throws IOException {
        var writer = new HeadWriter();
        writer.requestLine("GET", AgentProtocol.PATH + gateway.name());
        writer.field("Host", gateway.address().authority());
        writer.field("Connection", "Upgrade");
        writer.field("Upgrade", AgentProtocol.PROTOCOL);
        writer.field(AgentProtocol.PROCESS, process);
        writer.field("Authorization", "Bearer " + token.reveal());
        writer.end();
        out.write(writer.bytes(), 0, writer.length());
        out.flush();
    }

    /**
     * Reads the answer, and not a byte of what follows: that is the gateway's first request.
     *
     * @throws HandshakeException when the gateway does not take it on; says why
     */
    static void readAnswer(InputStream in) throws IOException {
        var parser = new ResponseParser(LIMITS);
        parser.resetForUpgrade();
        var bytes = new byte[LIMITS.headBytes() + 1];
        Step step = Step.NEED_MORE;
        for (int length = 0; step == Step.NEED_MORE; ) {
            int octet = in.read();
            if (octet < 0) {
                throw new HandshakeException("the gateway closed the connection before it had answered");
            }
            bytes[length++] = (byte) octet;
            step = parser.parse(bytes, 0, length);
        }
        if (step == Step.FAULT) {
            throw new HandshakeException(
                    "what answers there is no gateway: " + parser.fault().code());
        }
        check(parser.head());
    }

    private static void check(ResponseHead head) throws HandshakeException {
        boolean isTurned = head.status() == SWITCHING_PROTOCOLS
                && AgentProtocol.PROTOCOL.equals(head.fields().first("upgrade"));
        if (isTurned) {
            return;
        }
        throw new HandshakeException(
                switch (head.status()) {
                    case 401 ->
                        "the gateway knows no agent by this name and token (401); compare agents of its"
                                + " configuration with --name and --token-file";
                    case 404 ->
                        "the gateway has no agents (404); write agents into its configuration, or correct --gateway";
                    case 426 -> "the gateway speaks another protocol with agents (426); compare the releases";
                    case 503 -> "the gateway takes no more connections of this agent now (503)";
                    default -> "the gateway answered " + head.status() + "; is --gateway one of its listeners?";
                });
    }
}
