// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.upstream.AgentTunnels;
import dev.hansard.http.upstream.Tunnel;
import dev.hansard.http.wire.AgentProtocol;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.agent.AgentGate.Entry;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.value.AgentName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets an agent's connection in: from then on the gateway asks and the agent answers. */
final class AgentDoor {
    /** As an agent makes it: enough to tell processes apart, and nothing that could be more than that. */
    private static final String PROCESS_ID = "[0-9a-f]{16}";

    private static final Refusal NO_UPGRADE = new Refusal(
            426,
            "agent_protocol_unknown",
            "Agents connect here with Upgrade: " + AgentProtocol.PROTOCOL + "; compare the releases of both sides.",
            List.of(new Field("Upgrade", AgentProtocol.PROTOCOL), new Field("Connection", "Upgrade")));
    private static final Refusal MALFORMED = new Refusal(
            400,
            "agent_request_invalid",
            "Agents connect with a GET without content that has " + AgentProtocol.PROCESS + ".");
    private static final Refusal TOO_MANY = new Refusal(
            503,
            "too_many_agent_connections",
            "This agent has as many connections as one may have, or the gateway is about to stop; try again later.",
            List.of(new Field("Retry-After", "5")));

    private final AgentTunnels agents;
    private final Gateway gateway;
    private final CallerSocket socket;
    private final CallerInput input;
    private final CallerOutput output;

    AgentDoor(AgentTunnels agents, Gateway gateway, CallerSocket socket, CallerInput input, CallerOutput output) {
        this.agents = agents;
        this.gateway = gateway;
        this.socket = socket;
        this.input = input;
        this.output = output;
    }

    /** Whether the request is for it, and no call. */
    static boolean isAt(RequestHead head) {
        return head.target().startsWith(AgentProtocol.PATH);
    }

    /** Serves the connection to its end if it is an agent's, else says why it is not. */
    void open(RequestHead head) throws IOException {
        String name = head.target().substring(AgentProtocol.PATH.length());
        // First of all who it is: nobody else learns what is spoken here.
        switch (agents.gate().enter(name, head.fields().first("authorization"))) {
            case Entry.TurnedAway(Refusal refusal) -> refuse(refusal);
            case Entry.Welcome(AgentName agent) -> {
                Refusal refusal = refusal(head);
                if (refusal == null) {
                    turn(agent, String.valueOf(process(head.fields())));
                } else {
                    refuse(refusal);
                }
            }
        }
    }

    private @Nullable Refusal refusal(RequestHead head) {
        if (!AgentProtocol.PROTOCOL.equals(head.fields().first("upgrade"))) {
            return NO_UPGRADE;
        }
        String process = process(head.fields());
        boolean isPlain = head.method().equals("GET")
                && input.parser().framing() == BodyFraming.NONE
                && !input.hasUnread()
                && process != null
                && process.matches(PROCESS_ID);
        return isPlain ? null : MALFORMED;
    }

    private static @Nullable String process(Fields fields) {
        return fields.first(AgentProtocol.PROCESS_NAME);
    }

    private void turn(AgentName agent, String process) throws IOException {
        Tunnel tunnel = agents.open(agent, process, socket.in(), socket.out(), socket::abort);
        if (tunnel == null) {
            refuse(TOO_MANY);
            return;
        }
        try (tunnel) {
            HeadWriter writer = output.writer();
            writer.statusLine(101, "Switching Protocols");
            writer.field("Upgrade", AgentProtocol.PROTOCOL);
            writer.field("Connection", "Upgrade");
            writer.end();
            output.flush();
            tunnel.serve();
        }
    }

    private void refuse(Refusal refusal) throws IOException {
        gateway.refusedOnTheWire(refusal.code());
        output.problem(refusal, null, true, true);
        output.flush();
    }
}
