// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.agent;

import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.AgentSettings;
import dev.hansard.http.agent.GatewaySettings;

/** Runs an agent. */
public interface AgentAction {
    /**
     * Runs until the process is told to stop.
     *
     * @return one of {@link dev.hansard.boot.cli.ExitCode}
     */
    int serve(AgentSettings settings, GatewaySettings gateway, Terminal terminal);
}
