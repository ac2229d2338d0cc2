// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.agent;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.AgentName;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a connection is one of an agent's. Safe for any number of threads; does not block.
 *
 * @since 0.1
 */
public interface AgentGate {
    /**
     * What becomes of one who comes.
     *
     * @param name as which agent it wants to be taken
     * @param authorization its Authorization field; null for none
     */
    Entry enter(String name, @Nullable String authorization);

    /** The answer. */
    sealed interface Entry {
        /** It is that agent. */
        record Welcome(AgentName name) implements Entry {}

        /** It is not; the refusal does not say what was wrong. */
        record TurnedAway(Refusal refusal) implements Entry {}
    }
}
