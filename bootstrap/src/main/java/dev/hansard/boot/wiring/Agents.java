// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.agent.AgentRegister;
import dev.hansard.http.upstream.AgentTunnels;
import dev.hansard.ports.agent.AgentGate;
import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.value.AgentName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agents of a node: those that may connect, and those that have. */
final class Agents {
    private final Set<AgentName> names;
    private final @Nullable AgentGate gate;
    private volatile @Nullable AgentTunnels tunnels;

    private Agents(Set<AgentName> names, @Nullable AgentGate gate) {
        this.names = names;
        this.gate = gate;
    }

    static Agents of(Settings settings) {
        Set<AgentName> names = new TreeSet<>(settings.agents().keySet());
        return new Agents(names, names.isEmpty() ? null : new AgentRegister(settings.agents()));
    }

    /** Lets them in; null when there are none. */
    @Nullable
    AgentGate gate() {
        return gate;
    }

    /** From here on they can connect. */
    void open(@Nullable AgentTunnels opened) {
        tunnels = opened;
    }

    /** Each one that is configured, by name. */
    List<AgentState> states() {
        AgentTunnels opened = tunnels;
        List<AgentState> seen = opened == null ? List.of() : opened.states();
        List<AgentState> states = new ArrayList<>();
        for (AgentName name : names) {
            states.add(seen.stream()
                    .filter(state -> state.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> new AgentState(name, 0, 0, 0)));
        }
        return states;
    }

    /** How each is connected. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (AgentState state : states()) {
            String label = "{agent=\"" + state.name() + "\"}";
            figures.put("hansard_agent_processes" + label, (long) state.processes());
            figures.put("hansard_agent_connections" + label, (long) state.connections());
            figures.put("hansard_agent_connections_busy" + label, (long) state.busy());
        }
        return figures;
    }

    /** What is to be known of them where they are not all there; empty when they are. */
    String trouble() {
        String missing = states().stream()
                .filter(state -> state.processes() == 0)
                .map(state -> "'" + state.name() + "'")
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "" : "not connected: " + missing;
    }
}
