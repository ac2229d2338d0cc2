// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.BoundFacts;
import dev.hansard.core.approval.digest.SentRequest;
import dev.hansard.core.approval.seal.ReceivedRequest;
import dev.hansard.core.policy.Policy;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.value.SessionId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that may need to wait.
 *
 * @param session its record
 * @param bound what it is, besides what is sent
 * @param facts the same as it is when it is asked for
 * @param sent what is sent
 * @param received what it takes to go on with it later
 * @param body all of its content; null when there is none
 * @param decision what the policies said
 * @param asking the policies that want people to approve it; at least one
 */
public record HeldCall(
        SessionId session,
        Service service,
        BoundFacts bound,
        Supplier<BoundFacts> facts,
        SentRequest sent,
        ReceivedRequest received,
        @Nullable RequestBody body,
        Decision decision,
        List<Policy> asking) {
    public HeldCall {
        asking = List.copyOf(asking);
    }

    /** Nothing of what is held is ever printed. */
    @Override
    public String toString() {
        return "HeldCall[" + session + "]";
    }
}
