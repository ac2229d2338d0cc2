// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

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
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/** One call on its way, from admission to its end. What was seen of it goes into its {@link CallRecord}. */
final class LiveCall implements Call {
    /** Tells the target who calls. Its name is one of ours, so what a caller sends under it never passes. */
    static final String STATEMENT_FIELD = "Hansard-Identity";

    private final Admitted admitted;
    private final CallJudge judge;
    private final CallRecord record;
    private final String upstreamTarget;
    private final int turn;
    private final FieldRules rules;
    private final Tally tally;
    private final HeadPlan requestPlan = new RequestHeadPlan();
    private @Nullable UpstreamAddress upstream;
    private @Nullable Refusal refusal;
    private int upstreamsAsked;
    private boolean sent;
    private boolean finished;

    /**
     * A call that has been admitted.
     *
     * @param turn what {@link UpstreamBalance#takeTurn} gave for it
     */
    LiveCall(Admitted admitted, CallJudge judge, CallRecord record, int turn, FieldRules rules, Tally tally) {
        this.admitted = admitted;
        this.judge = judge;
        this.upstreamTarget = admitted.upstreamTarget();
        this.record = record;
        this.turn = turn;
        this.rules = rules;
        this.tally = tally;
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
        return upstreamTarget;
    }

    @Override
    public HeadPlan requestPlan() {
        return requestPlan;
    }

    @Override
    public Ruling ruling() {
        Ruling ruling = judge.byHead();
        record.decided(judge.decision());
        return ruling;
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
        return record.ready(requestPlan);
    }

    @Override
    public UpstreamAddress upstream() {
        upstream = UpstreamBalance.upstream(admitted.service(), turn, upstreamsAsked++);
        record.upstream(upstream);
        return upstream;
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
    public HeadPlan respond(ResponseHead head) {
        var plan = new ResponsePlan(rules.keptOfResponse(head, admitted.plan().takesTrailers()), admitted.id());
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
        CallRecord.Outcome outcome = record.finish(ending, requestPlan, sent);
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

    /** The request's head as it goes to the upstream that was chosen last. */
    private final class RequestHeadPlan implements HeadPlan {
        @Override
        public boolean keeps(int index) {
            return admitted.plan().kept().keeps(index);
        }

        /** Host is the upstream's own authority: its certificate, its virtual hosts and its links are for that name. */
        @Override
        public void added(FieldSink sink) {
            String host = upstream == null ? admitted.target().authority() : upstream.authority();
            admitted.plan().added(host, sink);
            if (admitted.statement() != null) {
                sink.field(STATEMENT_FIELD, admitted.statement());
            }
        }
    }
}
