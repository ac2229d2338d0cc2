// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.approval.HeldCall;
import dev.hansard.core.approval.Holding;
import dev.hansard.core.approval.digest.Added;
import dev.hansard.core.approval.digest.BoundFacts;
import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.core.approval.digest.SentRequest;
import dev.hansard.core.approval.seal.ReceivedRequest;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.policy.Judgement;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OutgoingProof;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has one call judged by the policies that were in force when it was admitted, whatever is in force later. Owned by the
 * call's thread.
 */
final class CallJudge {
    private final Admitted admitted;
    private final PolicyBook book;
    private final PolicySet policies;
    private final Holding approvals;
    private final PolicyRequest request;
    private final boolean needsApproval;
    private CallerWatch caller = CallerWatch.NEVER;
    private @Nullable Judgement judgement;
    private Decision decision = Decision.UNSAID;
    private SendProof.@Nullable Terms proof;
    private boolean passed;

    CallJudge(Admitted admitted, CallRules rules) {
        this(admitted, rules, rules.approvals(), false);
    }

    /** Of a request that goes on because people approved it, and for no other reason. */
    static CallJudge resumed(Admitted admitted, CallRules rules, Holding grant) {
        return new CallJudge(admitted, rules, grant, true);
    }

    private CallJudge(Admitted admitted, CallRules rules, Holding approvals, boolean needsApproval) {
        this.admitted = admitted;
        this.needsApproval = needsApproval;
        this.book = rules.policies();
        this.policies = book.current();
        this.approvals = approvals;
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

    void watched(CallerWatch watch) {
        caller = watch;
    }

    /** What looks at the request as it is sent; null when nothing was approved. */
    @Nullable
    OutgoingProof proof() {
        return proof == null ? null : proof.proof();
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
        if (made.action() == Action.REQUIRE_APPROVAL) {
            return approved(made, body);
        }
        return needsApproval ? new Ruling.Stops(SendProof.MISMATCH) : passes();
    }

    private Ruling approved(Judgement.Made made, @Nullable RequestBody body) {
        return switch (approvals.ask(held(made, body), caller)) {
            case Holding.Granted(var id, var terms) -> {
                proof = terms;
                decision = decision.by(id, Decision.Outcome.APPROVED);
                yield passes();
            }
            case Holding.Stopped(var refusal, var id) -> {
                decision = id == null ? decision : decision.by(id, Decision.Outcome.DENIED);
                yield new Ruling.Stops(refusal);
            }
            case Holding.Parked(var note, var reply, var id) -> {
                decision = decision.by(id, Decision.Outcome.HELD);
                yield new Ruling.Parked(note, reply);
            }
        };
    }

    private HeldCall held(Judgement.Made made, @Nullable RequestBody body) {
        return new HeldCall(
                admitted.id(),
                admitted.service(),
                facts(),
                this::facts,
                sent(),
                received(),
                body,
                decision,
                made.asking());
    }

    /** As they are now: policies may have changed since the request was admitted. */
    private BoundFacts facts() {
        return new BoundFacts(
                admitted.arrival().listener(),
                admitted.arrival().secure(),
                admitted.target().authority(),
                admitted.service().name(),
                BoundFacts.upstreams(admitted.service()),
                added(),
                book.current().version(),
                admitted.caller());
    }

    private SentRequest sent() {
        List<Field> fields = new ArrayList<>(request.fields().toList());
        admitted.plan().added("", (name, value) -> fields.add(new Field(name, value)));
        return SentRequest.of(request.method(), admitted.upstreamTarget(), fields, added());
    }

    private Added added() {
        ServiceCredentials credentials = admitted.credentials();
        if (credentials == null) {
            return Added.NOTHING;
        }
        Set<String> fields = new HashSet<>(credentials.fieldNames());
        // Written anew where something is put in: what cannot be looked through is not asked for.
        fields.add(OutgoingHead.ACCEPT_ENCODING);
        return new Added(credentials.bound(), fields, credentials.queryNames());
    }

    private ReceivedRequest received() {
        return new ReceivedRequest(
                admitted.head().target(),
                admitted.head().fields().toList().stream()
                        .filter(field ->
                                !admitted.consumed().contains(field.name().toLowerCase(Locale.ROOT)))
                        .toList(),
                admitted.arrival().callerAddress(),
                admitted.arrival().restartsTrace(),
                admitted.plan().trace().traceparent());
    }

    private Ruling passes() {
        passed = true;
        return Ruling.Passes.PASSES;
    }
}
