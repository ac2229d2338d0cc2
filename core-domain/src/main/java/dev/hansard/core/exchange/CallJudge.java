// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.policy.Judgement;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.ApprovalDesk;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has one call judged by the policies that were in force when it was admitted, whatever is in force later. Owned by the
 * call's thread.
 */
final class CallJudge {
    private final Admitted admitted;
    private final PolicyBook book;
    private final PolicySet policies;
    private final ApprovalDesk approvals;
    private final PolicyRequest request;
    private @Nullable Judgement judgement;
    private Decision decision = Decision.UNSAID;
    private boolean passed;

    CallJudge(Admitted admitted, CallRules rules) {
        this.admitted = admitted;
        this.book = rules.policies();
        this.policies = book.current();
        this.approvals = rules.approvals();
        this.request = new JudgedRequest(admitted);
    }

    /** What was decided; it says nothing before a ruling. */
    Decision decision() {
        return decision;
    }

    /** Whether the call may go on. */
    boolean hasPassed() {
        return passed;
    }

    Ruling byHead() {
        judgement = policies.judge(request);
        return switch (judgement) {
            // What people approve is all of the request.
            case Judgement.Made made when made.action() == Action.REQUIRE_APPROVAL -> needsContent();
            case Judgement.Made made -> ruling(made, null);
            case Judgement.Open _ -> needsContent();
        };
    }

    private Ruling needsContent() {
        return new Ruling.NeedsContent(policies.defaults().bodyBytes());
    }

    Ruling byContent(@Nullable RequestBody body) {
        return switch (Objects.requireNonNull(judgement, "a call is judged by its head first")) {
            case Judgement.Made made -> ruling(made, body);
            case Judgement.Open open -> ruling(open.with(body), body);
        };
    }

    private Ruling ruling(Judgement.Made made, @Nullable RequestBody body) {
        book.count(made);
        decision = made.decision();
        if (made.refusal() != null) {
            return new Ruling.Stops(made.refusal());
        }
        return made.action() == Action.REQUIRE_APPROVAL ? approved(body) : passes();
    }

    private Ruling approved(@Nullable RequestBody body) {
        return switch (approvals.ask(new ApprovalDesk.Held(admitted.id(), request, body, decision))) {
            case ApprovalDesk.Approved _ -> {
                decision = decision.with(Decision.Outcome.APPROVED);
                yield passes();
            }
            case ApprovalDesk.NotApproved(var refusal) -> new Ruling.Stops(refusal);
        };
    }

    private Ruling passes() {
        passed = true;
        return Ruling.Passes.PASSES;
    }
}
