// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ApprovalId;
import org.jspecify.annotations.Nullable;

/** Where a request waits that a policy wants people to approve. Safe for any number of threads. */
public interface Holding {
    /** No people to ask: nothing that needs an approval passes. */
    Holding CLOSED = (_, _) -> new Stopped(
            new Refusal(
                    403, "approval_unavailable", "This request needs an approval, which nobody can give on this node."),
            null);

    /** Asks, and blocks until it is known, the caller is gone, or the time to hold the request is over. */
    Verdict ask(HeldCall held, CallerWatch caller);

    /**
     * Tells a caller what became of an earlier request of its own, and hands out the response once.
     *
     * @param method of the request that asks
     * @param id as the caller wrote it
     */
    default Admission poll(Caller caller, String method, String id) {
        return new Admission.Refused(new Refusal(404, "no_approval", "There is no such approval of yours."), null);
    }

    /** What came of it; the id is that of the approval, for the record. */
    sealed interface Verdict {}

    /** It may go on, exactly as it was held. */
    record Granted(ApprovalId id, SendProof.Terms proof) implements Verdict {}

    /**
     * It may not.
     *
     * @param id null when nobody was asked
     */
    record Stopped(Refusal refusal, @Nullable ApprovalId id) implements Verdict {}

    /**
     * It stays, and its caller may go.
     *
     * @param note for the record
     * @param reply what the caller gets
     */
    record Parked(Refusal note, OwnDesk.Reply reply, ApprovalId id) implements Verdict {}
}
