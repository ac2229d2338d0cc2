// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Where a request waits that a policy wants people to approve. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface ApprovalDesk {
    /** No people to ask: nothing that needs an approval passes. */
    ApprovalDesk CLOSED = _ -> new NotApproved(new Refusal(
            403, "approval_unavailable", "This request needs an approval, which nobody can give on this node."));

    /** Asks, and blocks until it is known or the time that the policy holds a request for is over. */
    Verdict ask(Held held);

    /**
     * A request that waits.
     *
     * @param id of its session
     * @param request all but its content
     * @param body all of its content, as it will be forwarded; null when there is none
     * @param decision what the policies said; the first of {@link Decision#policies()} is the one that asks for the
     *     approval
     * @since 0.1
     */
    record Held(
            SessionId id, PolicyRequest request, @Nullable RequestBody body, Decision decision) {}

    /**
     * What people said.
     *
     * @since 0.1
     */
    sealed interface Verdict {}

    /**
     * It may go on, exactly as it was held.
     *
     * @since 0.1
     */
    enum Approved implements Verdict {
        APPROVED
    }

    /**
     * It may not.
     *
     * @since 0.1
     */
    record NotApproved(Refusal refusal) implements Verdict {}
}
