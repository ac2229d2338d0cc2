// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import java.nio.file.Path;

/**
 * Where an agent's gateway is, and how it lets the agent in.
 *
 * @param address of a listener of the gateway
 * @param tls how its certificate is verified
 * @param name as which agent to connect
 * @param tokenFile holds the token; read again for each connection, so that a new one is used without a restart
 * @param mostConnections at once
 */
public record GatewaySettings(
        UpstreamAddress address, UpstreamTls tls, AgentName name, Path tokenFile, int mostConnections) {
    /** As many as a gateway takes from one address, with room for a second process there. */
    public static final int MOST_CONNECTIONS = 256;
}
