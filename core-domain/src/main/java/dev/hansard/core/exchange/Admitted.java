// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that was found out about a request when it was admitted.
 *
 * @param target the one reading of its target
 * @param upstreamPath the path that the upstream gets
 * @param plan which of its fields go on
 * @param consumed names, in lower case, of the fields that proved who calls
 * @param statement what the target is told about the caller; null when it is not
 * @param credentials what is put into the request; null for nothing
 * @param subject the token by which the caller was recognised; null for none
 */
record Admitted(
        SessionId id,
        Instant at,
        NodeName node,
        Arrival arrival,
        Caller caller,
        RequestHead head,
        TargetReading.Read target,
        Service service,
        String upstreamPath,
        RequestPlan.Forward plan,
        Set<String> consumed,
        @Nullable String statement,
        @Nullable ServiceCredentials credentials,
        @Nullable Secret subject) {
    /** What is sent upstream of the target, in origin-form. */
    String upstreamTarget() {
        return target.query().isEmpty() ? upstreamPath : upstreamPath.concat(target.query());
    }
}
