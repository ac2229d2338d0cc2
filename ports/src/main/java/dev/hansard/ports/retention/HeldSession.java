// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;

/**
 * A session that a hold found.
 *
 * @param hour in which it started: where its segment lies
 * @since 0.1
 */
public record HeldSession(SessionId id, ServiceName service, Instant hour) {}
