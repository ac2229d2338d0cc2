// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.core.session.Completion;
import dev.hansard.core.session.Recorder;
import dev.hansard.core.session.Tape;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Spool;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The record of a call that is kept: heads in a transcript, contents on two tapes, and a flight in case the process
 * dies.
 */
final class TapedRecord implements CallRecord {
    private final Admitted admitted;
    private final Recorder recorder;
    private final LongSupplier nanos;
    private final Transcript transcript;
    private final Tape request;
    private Tape response;
    private final Spool.Flight flight;
    private ExactValues injected = ExactValues.NONE;

    TapedRecord(Admitted admitted, Recorder recorder, LongSupplier nanos) {
        this.admitted = admitted;
        this.recorder = recorder;
        this.nanos = nanos;
        this.transcript = new Transcript(admitted, nanos.getAsLong());
        this.request =
                recorder.tape(admitted.service().name(), admitted.service().recording());
        this.response =
                recorder.tape(admitted.service().name(), admitted.service().recording());
        this.flight = recorder.begin(
                admitted.id(),
                admitted.service().name(),
                admitted.head().method(),
                admitted.service().recording().durability());
    }

    @Override
    public void decided(Decision decision) {
        transcript.decided(decision);
    }

    @Override
    public Readiness ready(HeadPlan requestPlan) {
        Refusal refusal =
                recorder.refusal(admitted.service().name(), admitted.service().recording());
        if (refusal == null && isStrict() && intent(requestPlan) == Recorder.Result.MISSING) {
            refusal = Recorder.unavailable();
        }
        transcript.readyAt(nanos.getAsLong());
        return refusal == null ? Readiness.Ready.READY : new Readiness.Unready(refusal);
    }

    private Recorder.Result intent(HeadPlan requestPlan) {
        return recorder.intent(new RawExchange(transcript.intent(requestPlan), List.of(), List.of(), injected));
    }

    private boolean isStrict() {
        return admitted.service().recording().durability() == Durability.STRICT;
    }

    @Override
    public void upstream(UpstreamAddress address) {
        transcript.upstream(address);
    }

    @Override
    public void sending() {
        transcript.sendingAt(nanos.getAsLong());
    }

    @Override
    public void requestBody(byte[] bytes, int offset, int length) {
        request.take(bytes, offset, length);
        flight.progress(request.totalBytes(), response.totalBytes());
    }

    @Override
    public void requestEnd(Fields trailers) {
        transcript.requestEnded(trailers.toList());
    }

    @Override
    public void response(ResponseHead head, HeadPlan plan) {
        transcript.response(head, plan, nanos.getAsLong());
    }

    @Override
    public void responseBody(byte[] bytes, int offset, int length) {
        response.take(bytes, offset, length);
        flight.progress(request.totalBytes(), response.totalBytes());
    }

    @Override
    public void responseEnd(Fields trailers) {
        transcript.responseEnded(trailers.toList());
    }

    @Override
    public void failed(Refusal refusal) {
        transcript.failed(refusal);
        // An answer of Hansard's own takes the place of whatever had come in of the upstream's.
        response.release();
        response = recorder.tape(admitted.service().name(), admitted.service().recording());
    }

    @Override
    public void injected(Injected what) {
        injected = what.values();
        transcript.injected(what);
    }

    @Override
    public void blocked(Refusal why) {
        transcript.blocked(why);
    }

    @Override
    public Outcome finish(Ending ending, HeadPlan requestPlan, boolean sent) {
        boolean truncated = request.isTruncated() || response.isTruncated();
        var completion = new Completion(
                transcript.session(ending, requestPlan, request, response, nanos.getAsLong()),
                request,
                response,
                flight,
                injected);
        if (record(completion, sent) == Recorder.Result.MISSING) {
            return Outcome.MISSING;
        }
        return truncated ? Outcome.TRUNCATED : Outcome.WHOLE;
    }

    /** A call of which nothing was sent upstream has had no effect that must be on record before its answer. */
    private Recorder.Result record(Completion completion, boolean sent) {
        return isStrict() && sent ? recorder.complete(completion) : recorder.completeBehind(completion);
    }
}
