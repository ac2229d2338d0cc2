// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.agent;

import dev.hansard.ports.value.AgentName;

/**
 * How an agent is connected at the moment.
 *
 * @param processes how many processes go by that name
 * @param connections of all of them
 * @param busy those of the connections that carry a call
 * @since 0.1
 */
public record AgentState(AgentName name, int processes, int connections, int busy) {}
