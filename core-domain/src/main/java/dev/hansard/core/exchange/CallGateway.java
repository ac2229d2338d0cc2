// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.approval.Holding;
import dev.hansard.core.approval.Resumption;
import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.core.approval.seal.SealedRequest;
import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.CallerStatements;
import dev.hansard.core.limit.Entry;
import dev.hansard.core.limit.Limits;
import dev.hansard.core.session.Recorder;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.OwnAnswer;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.masking.MaskCounts;
import dev.hansard.ports.value.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides on each call's head: one reading of its target, one caller, one service for it, one plan for its fields.
 * Whoever asks again, the record or the upstream, is answered from those same objects (invariant S2). Safe for any
 * number of threads.
 */
public final class CallGateway implements Gateway, Resumption {
    /** Where the keys of what targets are told are published, on every listener. */
    static final String KEYS_PATH = "/.hansard/jwks";

    /** Where callers get tokens, on the listeners that have a provider which gives some. */
    static final String TOKEN_PATH = "/.hansard/token";

    /** Where callers ask for what became of requests that wait for people; the id follows. */
    public static final String APPROVALS_PATH = "/.hansard/approvals/";

    private static final Refusal POST_ONLY = new Refusal(
            405, "method_not_allowed", "Tokens are asked for with POST.", List.of(new Field("Allow", "POST")));
    /** Proof that was meant for Hansard goes to no service, though nobody can use it here. */
    private static final Refusal NO_TOKENS = new Refusal(
            404, "no_tokens", "No identity provider of this listener gives tokens; bring what it recognises.");

    private static final String KEY_SET = "application/jwk-set+json";
    private static final String BEARER = "Bearer ";
    private static final int KEYS_SECONDS = 300;
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Refusal READ_ONLY = new Refusal(
            405, "method_not_allowed", "The keys can only be read.", List.of(new Field("Allow", "GET, HEAD")));

    private final Router router;
    private final CallRules rules;
    private final Admittance admittance;
    private final @Nullable Recorder recorder;
    private final CallerStatements statements;
    private final CredentialBook credentials;
    private final CallStamps stamps;
    private final UpstreamBalance balance;
    private final Tally tally = new Tally();
    private final CallParts parts;

    /**
     * A gateway over its parts.
     *
     * @param recorder null to record nothing, which is only for measuring what recording costs
     */
    public CallGateway(
            List<Service> services,
            CallRules rules,
            Admittance admittance,
            Additions additions,
            @Nullable Recorder recorder,
            CallStamps stamps) {
        this.router = new Router(services);
        this.balance = new UpstreamBalance(services);
        this.rules = rules;
        this.admittance = admittance;
        this.statements = additions.statements();
        this.credentials = additions.credentials();
        this.recorder = recorder;
        this.stamps = stamps;
        this.parts = new CallParts(
                rules.fields(), tally, additions.guards(), stamps.clock().wall());
    }

    @Override
    public Admission admit(RequestHead head, Arrival arrival) {
        TargetReading reading =
                TargetReader.read(head.method(), head.target(), head.fields().first("host"));
        // Whoever verifies what targets are told is no caller of a service: it need not say who it is.
        if (reading instanceof TargetReading.Read target
                && target.path().equals(KEYS_PATH)
                && READS.contains(head.method())) {
            return new Admission.Answered(new OwnAnswer(KEY_SET, statements.keySet(), KEYS_SECONDS));
        }
        // Whoever asks for a token brings the proof of who they are in the content.
        boolean isForToken =
                reading instanceof TargetReading.Read target && target.path().equals(TOKEN_PATH);
        boolean hasTokens = isForToken && admittance.hasTokens(arrival.listener());
        if (hasTokens && head.method().equals("POST")) {
            return new Admission.Asked(admittance.tokens(arrival, head));
        }
        if (reading instanceof TargetReading.Read target && target.path().startsWith(APPROVALS_PATH)) {
            return poll(new Presented(head, arrival, target.authority(), target.path()));
        }
        tally.received();
        if (isForToken) {
            return refused(hasTokens ? POST_ONLY : NO_TOKENS);
        }
        return switch (reading) {
            case TargetReading.Unreadable(Refusal refusal) -> refused(refusal);
            case TargetReading.Read target when target.path().equals(KEYS_PATH) -> refused(READ_ONLY);
            case TargetReading.Read target -> identify(head, arrival, target);
        };
    }

    private Admission poll(Presented presented) {
        String id = presented.path().substring(APPROVALS_PATH.length());
        return switch (admittance.identify(presented)) {
            case Identification.Recognised caller ->
                rules.approvals().poll(caller.caller(), presented.head().method(), id);
            case Identification.Refused(Refusal answer, var _) -> new Admission.Refused(answer, null);
            case Identification.NotMine _ -> throw new IllegalStateException("an identity chain has to decide");
        };
    }

    @Override
    public Outcome resume(SealedRequest request, Holding grant) {
        var head = new ResumedHead(
                request.method(),
                request.received().target(),
                request.received().fields());
        var arrival = new Arrival(
                request.listener(),
                request.received().callerAddress(),
                request.secure(),
                request.received().restartsTrace(),
                List.of());
        TargetReading reading =
                TargetReader.read(head.method(), head.target(), head.fields().first("host"));
        return switch (reading) {
            case TargetReading.Unreadable(Refusal refusal) -> new NotResumed(refusal);
            case TargetReading.Read target ->
                resume(request, new Presented(head, arrival, target.authority(), target.path()), target, grant);
        };
    }

    private Outcome resume(SealedRequest request, Presented presented, TargetReading.Read target, Holding grant) {
        RequestHead head = presented.head();
        Arrival arrival = presented.arrival();
        Routed routed = router.route(arrival.listener(), target.host(), target.path());
        if (routed == null) {
            return new NotResumed(SendProof.MISMATCH);
        }
        Refusal notAllowed = admittance.refusal(routed.service().name(), request.caller());
        if (notAllowed != null) {
            return new NotResumed(notAllowed);
        }
        UpstreamChoice upstreams = upstreams(routed.service());
        // Asked before the approval is used up: one that nobody can be asked for now waits.
        Refusal noUpstream = upstreams.choose();
        if (noUpstream != null) {
            return new NotYet(noUpstream);
        }
        return switch (rules.fields().plan(head, arrival, target.authority(), Set.of())) {
            case RequestPlan.Answer(Refusal refusal) -> {
                upstreams.end();
                yield new NotResumed(refusal);
            }
            case RequestPlan.Forward plan -> {
                tally.received();
                var caller = new Identification.Recognised(request.caller(), Set.of());
                Admitted admitted = admitted(
                        presented,
                        target,
                        caller,
                        routed,
                        plan.resumed(request.received().traceparent()));
                Entry entry = limits().readmit(admitted.service().name(), request.caller(), arrival.callerAddress());
                yield new Resumed(call(admitted, CallJudge.resumed(admitted, rules, grant), upstreams, entry), head);
            }
        };
    }

    /** Before any service is looked for: who has not said who it is learns nothing of what is there. */
    private Admission identify(RequestHead head, Arrival arrival, TargetReading.Read target) {
        var presented = new Presented(head, arrival, target.authority(), target.path());
        return switch (admittance.identify(presented)) {
            case Identification.Recognised caller -> route(presented, target, caller);
            case Identification.Refused(Refusal answer, var _) -> refused(answer);
            case Identification.NotMine _ -> throw new IllegalStateException("an identity chain has to decide");
        };
    }

    private Admission route(Presented presented, TargetReading.Read target, Identification.Recognised caller) {
        RequestHead head = presented.head();
        Arrival arrival = presented.arrival();
        Routed routed = router.route(arrival.listener(), target.host(), target.path());
        if (routed == null) {
            return refused(noService(head));
        }
        Refusal notAllowed = admittance.refusal(routed.service().name(), caller.caller());
        if (notAllowed != null) {
            return refused(notAllowed);
        }
        return switch (rules.fields().plan(head, arrival, target.authority(), caller.consumed())) {
            case RequestPlan.Answer(Refusal refusal) -> refused(refusal);
            case RequestPlan.Forward plan -> {
                Entry entry = limits().enter(routed.service().name(), caller.caller(), arrival.callerAddress());
                if (entry instanceof Entry.Over(Refusal over, boolean isRecorded) && !isRecorded) {
                    yield refused(over);
                }
                LiveCall call = null;
                try {
                    Admitted admitted = admitted(presented, target, caller, routed, plan);
                    call = call(admitted, new CallJudge(admitted, rules), upstreams(routed.service()), entry);
                } finally {
                    if (call == null) {
                        entry.leave();
                    }
                }
                yield new Admission.Admitted(call);
            }
        };
    }

    private Limits limits() {
        return rules.throttle().limits();
    }

    private UpstreamChoice upstreams(Service service) {
        return new UpstreamChoice(
                service, balance.takeTurn(service), rules.throttle().circuits().of(service.name()));
    }

    private Admitted admitted(
            Presented presented,
            TargetReading.Read target,
            Identification.Recognised recognised,
            Routed routed,
            RequestPlan.Forward plan) {
        Caller caller = recognised.caller();
        ServiceCredentials added = credentials.of(routed.service().name());
        if (added != null) {
            FieldRules.reserve(added.fieldNames(), presented.head().fields(), plan.kept());
        }
        return new Admitted(
                stamps.ids().next(),
                stamps.clock().wall().instant(),
                stamps.node(),
                presented.arrival(),
                caller,
                presented.head(),
                target,
                routed.service(),
                routed.upstreamPath(),
                plan,
                recognised.consumed(),
                statements.about(routed.service().name(), caller),
                added,
                added == null ? null : subject(presented.head(), recognised));
    }

    private LiveCall call(Admitted admitted, CallJudge judge, UpstreamChoice upstreams, Entry entry) {
        return new LiveCall(admitted, judge, recordOf(admitted), upstreams, entry, parts);
    }

    /** The bearer token that the caller was recognised by; any other that it may have brought proves nothing. */
    private static @Nullable Secret subject(RequestHead head, Identification.Recognised recognised) {
        String authorization =
                recognised.consumed().contains("authorization") ? head.fields().first("authorization") : null;
        return authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? null
                : Secret.of(authorization.substring(BEARER.length()).strip());
    }

    private CallRecord recordOf(Admitted admitted) {
        return recorder == null
                ? NoRecord.NONE
                : new TapedRecord(admitted, recorder, stamps.clock().nanos());
    }

    /**
     * Absolute-form names the server it wants, so the right answer is that this is not it (RFC 9110 section 15.5.20).
     */
    private static Refusal noService(RequestHead head) {
        return head.target().startsWith("/")
                ? new Refusal(404, "no_service", "No service is configured for this host and path.")
                : new Refusal(
                        421, "misdirected_request", "No service is configured for the authority of this request.");
    }

    private Admission refused(Refusal refusal) {
        tally.refused(refusal.code());
        return new Admission.Refused(refusal, null);
    }

    @Override
    public void refusedOnTheWire(String code) {
        tally.received();
        tally.refused(code);
    }

    @Override
    public CallCounts counts() {
        return recorder == null
                ? tally.counts(0, MaskCounts.NONE)
                : tally.counts(recorder.lost(), recorder.maskCounts());
    }
}
