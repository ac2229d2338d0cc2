// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.config.ConfigOffice;
import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.session.SpoolState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What must be well for a node to get calls. */
final class NodeChecks implements NodeHealth {
    private final Storage storage;
    private final ConfigOffice config;
    private final BooleanSupplier serving;
    private final Usage usage;
    private final Sinks sinks;
    private final Agents agents;

    NodeChecks(Storage storage, Usage usage, Sinks sinks, ConfigOffice config, Agents agents, BooleanSupplier serving) {
        this.agents = agents;
        this.storage = storage;
        this.usage = usage;
        this.sinks = sinks;
        this.config = config;
        this.serving = serving;
    }

    @Override
    public List<Check> checks() {
        List<Check> always = List.of(listeners(), spool(), catalog(), configuration());
        return agents.gate() == null
                ? always
                : Stream.concat(always.stream(), Stream.of(agents())).toList();
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>(usage.figures(sinks.figures()));
        for (AgentState state : agents.states()) {
            String label = "{agent=\"" + state.name() + "\"}";
            figures.put("hansard_agent_processes" + label, (long) state.processes());
            figures.put("hansard_agent_connections" + label, (long) state.connections());
            figures.put("hansard_agent_connections_busy" + label, (long) state.busy());
        }
        return figures;
    }

    private Check listeners() {
        boolean well = serving.getAsBoolean();
        return new Check("listeners", well, well ? "" : "the node is starting or stopping");
    }

    private Check spool() {
        return switch (storage.spool().state()) {
            case SpoolState.Working _ -> new Check("spool", true, usage.warning());
            case SpoolState.Scarce(String reason) -> new Check("spool", false, reason);
            case SpoolState.Failing(String reason) -> new Check("spool", false, reason);
        };
    }

    /** One that is wrong keeps nobody from being served: the last good one is in force. */
    private Check configuration() {
        return new Check("configuration", true, config.trouble());
    }

    /** One that is missing keeps only the services behind it from being served, on every node alike. */
    private Check agents() {
        return new Check("agents", true, agents.trouble());
    }

    private Check catalog() {
        String trouble = storage.trouble();
        return new Check("catalog", trouble.isEmpty(), trouble);
    }
}
