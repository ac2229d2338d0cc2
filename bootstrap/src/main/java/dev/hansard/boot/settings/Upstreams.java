// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialKeys;
import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.credential.CredentialsReader;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how services are reached, and what lets requests in there. */
final class Upstreams {
    private final CredentialsReader credentials;
    private final AgentsReader agents;

    Upstreams(CredentialsReader credentials, AgentsReader agents) {
        this.credentials = credentials;
        this.agents = agents;
    }

    /**
     * How one service is reached.
     *
     * @param agent the agent that it is behind; null for none
     */
    record Reached(
            List<UpstreamAddress> addresses,
            UpstreamTls tls,
            UpstreamTimeouts timeouts,
            @Nullable AgentName agent) {}

    /** What lets requests in, of all services. */
    CredentialSettings credentials() {
        return credentials.settings();
    }

    /** The token of each agent. */
    Map<AgentName, Secret> agents() {
        return agents.tokens();
    }

    Reached read(Section service, ServiceName name, Position at, Paths paths) {
        AgentName agent = agents.of(service);
        if (agent != null) {
            return behind(service, name, agent);
        }
        var upstream = new UpstreamReader(service, at, paths);
        UpstreamTls tls = credentials.service(service, name, upstream.addresses(), upstream.tls(), paths);
        return new Reached(upstream.addresses(), tls, upstream.timeouts(), null);
    }

    private static Reached behind(Section service, ServiceName name, AgentName agent) {
        for (String key : List.of(CredentialKeys.CREDENTIALS, CredentialKeys.ON_REFLECTION)) {
            if (service.has(key)) {
                service.problems()
                        .error(
                                service.placeOf(key),
                                service.child(key) + " is set, but the service is reached via-agent",
                                "its credentials stay with the agent; move it into the agent's configuration");
            }
        }
        var upstream = new UpstreamReader(service, UpstreamAddress.behind(agent, name));
        return new Reached(upstream.addresses(), upstream.tls(), upstream.timeouts(), agent);
    }
}
