// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of a session: enough to list and to search it. Fields mean what they mean in {@link Session}.
 *
 * @param requestBytes true length of the request's content
 * @param responseBytes true length of the response's content
 * @param truncated whether the record keeps less than went through, in either direction
 * @since 0.1
 */
public record SessionSummary(
        SessionId id,
        ServiceName service,
        NodeName node,
        String listener,
        Instant startedAt,
        long durationMicros,
        SessionState state,
        Ending ending,
        @Nullable String code,
        Durability durability,
        RetentionClass retention,
        Caller caller,
        String method,
        String target,
        String host,
        int status,
        long requestBytes,
        long responseBytes,
        boolean truncated,
        @Nullable String traceId) {}
