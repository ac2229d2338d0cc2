// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.awaitility.Awaitility.await;

import dev.hansard.boot.settings.AgentSettings;
import dev.hansard.boot.settings.AgentSettingsLoader;
import dev.hansard.boot.settings.TlsFiles;
import dev.hansard.boot.wiring.AgentNode;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.http.agent.GatewaySettings;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node and the agents of one of its services, all in this JVM, over real sockets. */
final class AgentFixture implements AutoCloseable {
    static final String TOKEN = "agent-token-canary-0123456789abcdef";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final List<AgentNode> agents = new ArrayList<>();
    private final ConfiguredNode gateway;

    private AgentFixture(Path folder, ConfiguredNode gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    /** A gateway with the agent {@code dc2} and the service {@code ledger} behind it. */
    static AgentFixture gateway(Path folder) throws IOException {
        return gateway(folder, "via-agent: dc2");
    }

    /** @param service what is written of the service, in flow style */
    static AgentFixture gateway(Path folder, String service) throws IOException {
        Files.writeString(folder.resolve("gateway-token"), TOKEN);
        return configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                agents: { dc2: { token: "${file:gateway-token}" } }
                services:
                  ledger: { match: [{ path-prefix: / }], %s }
                """.formatted(service));
    }

    static AgentFixture configured(Path folder, String configuration) {
        return new AgentFixture(folder, ConfiguredNode.start(folder, configuration));
    }

    /** Starts an agent of the right name and token, and waits until it is connected. */
    AgentNode agent(String services) throws IOException {
        AgentNode agent = start("dc2", TOKEN, services);
        awaitConnected(agent);
        return agent;
    }

    static void awaitConnected(AgentNode agent) {
        await().atMost(PATIENCE).until(() -> agent.connections() >= 4);
    }

    /** Starts an agent. */
    AgentNode start(String name, String token, String services) throws IOException {
        Path tokenFile = Files.writeString(folder.resolve("token-of-" + agents.size()), token + "\n");
        return start(name, tokenFile, services, new UpstreamAddress(false, "127.0.0.1", gateway.port("default")));
    }

    AgentNode start(String name, Path tokenFile, String services, UpstreamAddress address) throws IOException {
        return start(name, tokenFile, services, address, UpstreamTls.DEFAULT);
    }

    AgentNode start(String name, Path tokenFile, String services, UpstreamAddress address, UpstreamTls tls)
            throws IOException {
        Path file = Files.writeString(
                folder.resolve("agent-" + agents.size() + ".yaml"), "version: 1\nservices: { " + services + " }\n");
        var loader =
                new AgentSettingsLoader(Map.of(), dev.hansard.boot.settings.yaml.Files.onDisk(), TlsFiles.onDisk());
        AgentSettings settings = switch (loader.load(file)) {
            case AgentSettingsLoader.Loaded.Right(AgentSettings right) -> right;
            case AgentSettingsLoader.Loaded.Wrong(var problems) ->
                throw new IllegalArgumentException(problems.toString());
        };
        var to = new GatewaySettings(address, tls, new AgentName(name), tokenFile, GatewaySettings.MOST_CONNECTIONS);
        AgentNode agent = AgentNode.start(settings, to, NodeClock.system());
        agents.add(agent);
        return agent;
    }

    ConfiguredNode node() {
        return gateway;
    }

    RawClient caller() throws IOException {
        return gateway.caller("default");
    }

    int port() {
        return gateway.port("default");
    }

    @Override
    public void close() {
        // The gateway first: it closes the connections, so that no agent has to wait for their end.
        gateway.close();
        agents.forEach(AgentNode::close);
    }
}
