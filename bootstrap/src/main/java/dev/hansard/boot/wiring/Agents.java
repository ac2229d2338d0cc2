// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.agent.AgentRegister;
import dev.hansard.ports.agent.AgentGate;
import org.jspecify.annotations.Nullable;

/** What a node has to do with agents. */
final class Agents {
    private Agents() {}

    /** Lets them in; null when there are none. */
    static @Nullable AgentGate gate(Settings settings) {
        return settings.agents().isEmpty() ? null : new AgentRegister(settings.agents());
    }
}
