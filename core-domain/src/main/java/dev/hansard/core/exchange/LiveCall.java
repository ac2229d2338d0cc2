// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.credential.guard.Reflection;
import dev.hansard.core.credential.guard.ReflectionGuard;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.limit.Entry;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.OutgoingProof;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.ResponseGuard;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/** One call on its way, from admission to its end. What was seen of it goes into its {@link CallRecord}. */
final class LiveCall implements Call {
    private final Admitted admitted;
    private final CallJudge judge;
    private final CallRecord record;
    private final UpstreamChoice upstreams;
    private final Entry entry;
    private final FieldRules rules;
    private final Tally tally;
    private final ResponseGuards guards;
    private final OutgoingHead outgoing;
    private @Nullable Injected injected;
    private @Nullable ReflectionGuard guard;
    private boolean triedAgain;
    private @Nullable Refusal refusal;
    private boolean sent;
    private boolean finished;

    /**
     * A call that has been admitted.
     *
     * @param entry what the limits of its service say to it
     */
    LiveCall(
            Admitted admitted,
            CallJudge judge,
            CallRecord record,
            UpstreamChoice upstreams,
            Entry entry,
            CallParts parts) {
        this.admitted = admitted;
        this.judge = judge;
        this.outgoing = new OutgoingHead(admitted, parts.wall());
        this.guards = parts.guards();
        this.record = record;
        this.upstreams = upstreams;
        this.entry = entry;
        this.rules = parts.rules();
        this.tally = parts.tally();
    }

    @Override
    public SessionId id() {
        return admitted.id();
    }

    @Override
    public Service service() {
        return admitted.service();
    }

    @Override
    public String upstreamTarget() {
        return outgoing.target();
    }

    @Override
    public HeadPlan requestPlan() {
        return outgoing;
    }

    @Override
    public Ruling ruling() {
        Refusal throttled = throttled();
        Ruling ruling = throttled == null ? judge.byHead() : new Ruling.Stops(throttled);
        record.decided(judge.decision());
        return ruling;
    }

    /** Before its content is read, and before people are asked: it would be for nothing. */
    private @Nullable Refusal throttled() {
        return entry instanceof Entry.Over(Refusal over, boolean _) ? over : upstreams.refusal();
    }

    @Override
    public Ruling ruling(@Nullable RequestBody body) {
        Ruling ruling = judge.byContent(body);
        record.decided(judge.decision());
        return ruling;
    }

    @Override
    public void watched(CallerWatch caller) {
        judge.watched(caller);
    }

    @Override
    public @Nullable OutgoingProof proof() {
        return judge.proof();
    }

    @Override
    public Readiness ready() {
        if (!judge.hasPassed()) {
            throw new IllegalStateException("call " + id() + " goes on without a decision");
        }
        Refusal noUpstream = upstreams.choose();
        if (noUpstream != null) {
            return new Readiness.Unready(noUpstream);
        }
        ServiceCredentials credentials = admitted.credentials();
        if (credentials != null) {
            switch (credentials.issue(admitted.subject())) {
                case ServiceCredentials.Issue.Issued(Injected what) -> inject(what);
                case ServiceCredentials.Issue.Unavailable(Refusal why) -> {
                    return new Readiness.Unready(why);
                }
            }
        }
        return record.ready(outgoing.recorded());
    }

    private void inject(Injected what) {
        injected = what;
        outgoing.inject(what);
        record.injected(what);
    }

    @Override
    public boolean tryAgain() {
        if (admitted.credentials() == null || injected == null || triedAgain) {
            return false;
        }
        triedAgain = true;
        Injected other = admitted.credentials().other(injected, admitted.subject());
        if (other == null) {
            return false;
        }
        inject(other);
        return true;
    }

    @Override
    public UpstreamAddress upstream() {
        return goTo(upstreams.chosen());
    }

    @Override
    public @Nullable UpstreamAddress otherUpstream() {
        UpstreamAddress other = upstreams.other();
        return other == null ? null : goTo(other);
    }

    private UpstreamAddress goTo(UpstreamAddress upstream) {
        outgoing.goesTo(upstream);
        record.upstream(upstream);
        return upstream;
    }

    @Override
    public void upstreamFailed() {
        // What was kept from the caller had come: it is no fault of the upstream's health.
        if (guard == null || guard.refusal() == null) {
            upstreams.failed();
        }
    }

    @Override
    public void sending() {
        if (!sent) {
            sent = true;
            tally.forwarded();
            record.sending();
        }
    }

    @Override
    public void requestBody(byte[] bytes, int offset, int length) {
        record.requestBody(bytes, offset, length);
    }

    @Override
    public void requestEnd(Fields trailers) {
        record.requestEnd(trailers);
    }

    @Override
    public @Nullable ResponseGuard guard(ResponseHead head) {
        if (injected == null || admitted.credentials() == null) {
            return null;
        }
        closeGuard();
        guard = guards.of(head, injected, admitted.credentials().onReflection());
        return guard;
    }

    private void closeGuard() {
        if (guard != null) {
            guard.close();
        }
    }

    @Override
    public HeadPlan respond(ResponseHead head) {
        upstreams.answered(head.status());
        HeadPlan plan =
                new ResponsePlan(rules.keptOfResponse(head, admitted.plan().takesTrailers()), admitted.id());
        if (injected != null && Reflection.isIn(injected.values(), head.fields())) {
            plan = new CoveredPlan(plan, head.fields(), injected.values());
        }
        record.response(head, plan);
        return plan;
    }

    @Override
    public HeadPlan interim(ResponseHead head) {
        return new ResponsePlan(rules.keptOfResponse(head, admitted.plan().takesTrailers()), null);
    }

    @Override
    public void responseBody(byte[] bytes, int offset, int length) {
        record.responseBody(bytes, offset, length);
    }

    @Override
    public boolean responseEnd(Fields trailers) {
        record.responseEnd(trailers);
        return admitted.plan().takesTrailers();
    }

    @Override
    public void fail(Refusal why) {
        refusal = why;
        record.failed(why);
    }

    @Override
    public Sealing finish(Ending ending) {
        if (finished) {
            throw new IllegalStateException("call " + id() + " was finished twice");
        }
        finished = true;
        upstreams.end();
        entry.leave();
        closeGuard();
        if (guard != null && guard.refusal() != null) {
            record.blocked(guard.refusal());
        }
        CallRecord.Outcome outcome = record.finish(ending, outgoing.recorded(), sent);
        count(ending, outcome);
        boolean strict = service().recording().durability() == Durability.STRICT;
        return strict && sent && outcome == CallRecord.Outcome.MISSING ? Sealing.UNSEALED : Sealing.SEALED;
    }

    private void count(Ending ending, CallRecord.Outcome outcome) {
        if (refusal != null) {
            tally.refused(refusal.code());
        } else if (outcome == CallRecord.Outcome.MISSING) {
            tally.unrecorded();
        } else if (outcome == CallRecord.Outcome.TRUNCATED || ending != Ending.COMPLETE) {
            tally.partial();
        } else {
            tally.recorded();
        }
    }
}
