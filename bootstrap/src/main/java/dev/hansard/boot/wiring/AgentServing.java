// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.settings.AgentSettings;
import dev.hansard.http.agent.GatewaySettings;

/** {@code hansard agent}: an agent that runs until the process is told to stop. */
public final class AgentServing {
    private final NodeClock clock;

    public AgentServing(NodeClock clock) {
        this.clock = clock;
    }

    /** Returns when it has stopped. */
    public int serve(AgentSettings settings, GatewaySettings gateway) {
        AgentNode agent;
        try {
            agent = AgentNode.start(settings, gateway, clock);
        } catch (NodeStartException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
        Serving.waitForStop(agent::close);
        return ExitCode.DONE;
    }
}
