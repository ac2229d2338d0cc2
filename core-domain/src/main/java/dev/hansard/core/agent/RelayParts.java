// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.id.SessionIds;
import java.time.InstantSource;

/**
 * What all calls through an agent share.
 *
 * @param onChange told when a call has begun or ended; must not block
 */
public record RelayParts(
        FieldRules rules, ResponseGuards guards, SessionIds ids, InstantSource wall, Runnable onChange) {}
