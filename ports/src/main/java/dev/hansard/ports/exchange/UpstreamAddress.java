// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;

/**
 * A concrete target address of a service.
 *
 * @param tls whether to speak TLS to it
 * @param host a host name or IP address, without brackets
 * @param port 1 to 65535
 * @since 0.1
 */
public record UpstreamAddress(boolean tls, String host, int port) {
    /** What the names end with that stand for services behind agents. */
    public static final String AGENT = ".agent";

    public UpstreamAddress {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new InvalidValueException(
                    "upstream '" + host + ":" + port + "' must be a host and a port of 1 to 65535");
        }
    }

    /**
     * What stands for a service behind an agent: a name that nobody resolves. The agent is asked for the service by it,
     * as the Host of a request that goes through its connection.
     */
    public static UpstreamAddress behind(AgentName agent, ServiceName service) {
        return new UpstreamAddress(false, service + "." + agent + AGENT, 80);
    }

    /** As it stands in a Host field: the port is left out when it is the scheme's own (RFC 9110 section 4.2). */
    public String authority() {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? shownHost : shownHost + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
