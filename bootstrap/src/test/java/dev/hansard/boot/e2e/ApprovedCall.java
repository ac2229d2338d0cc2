// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.ports.exchange.Call;
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

/** A call that people have approved and that nobody records: what is sent of it is what it is told to send. */
final class ApprovedCall implements Call {
    private final Service service;
    private final String target;
    private final SendProof.Terms approved;
    private String refused = "";

    ApprovedCall(Service service, String target, SendProof.Terms approved) {
        this.service = service;
        this.target = target;
        this.approved = approved;
    }

    /** The code of what was answered in the place of the target; empty when nothing was. */
    String refused() {
        return refused;
    }

    @Override
    public SessionId id() {
        return new SessionId(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L);
    }

    @Override
    public Service service() {
        return service;
    }

    @Override
    public String upstreamTarget() {
        return target;
    }

    @Override
    public @Nullable UpstreamAddress otherUpstream() {
        return null;
    }

    @Override
    public void upstreamFailed() {
        // Nobody counts here.
    }

    @Override
    public HeadPlan requestPlan() {
        return new Plan(service.upstreams().getFirst());
    }

    /** All goes on, and the authority of the target is added. */
    private record Plan(UpstreamAddress to) implements HeadPlan {
        @Override
        public boolean keeps(int index) {
            return true;
        }

        @Override
        public void added(FieldSink sink) {
            sink.field("Host", to.authority());
        }
    }

    @Override
    public Ruling ruling() {
        return new Ruling.NeedsContent(1 << 20);
    }

    @Override
    public Ruling ruling(@Nullable RequestBody body) {
        return Ruling.Passes.PASSES;
    }

    @Override
    public OutgoingProof proof() {
        return approved.proof();
    }

    @Override
    public Readiness ready() {
        return Readiness.Ready.READY;
    }

    @Override
    public UpstreamAddress upstream() {
        return service.upstreams().getFirst();
    }

    @Override
    public void sending() {
        // Nobody counts.
    }

    @Override
    public void requestBody(byte[] bytes, int offset, int length) {
        // Nothing is recorded.
    }

    @Override
    public void requestEnd(Fields trailers) {
        // Nothing is recorded.
    }

    @Override
    public boolean tryAgain() {
        return false;
    }

    @Override
    public @Nullable ResponseGuard guard(ResponseHead head) {
        return null;
    }

    @Override
    public HeadPlan respond(ResponseHead head) {
        return requestPlan();
    }

    @Override
    public HeadPlan interim(ResponseHead head) {
        return requestPlan();
    }

    @Override
    public void responseBody(byte[] bytes, int offset, int length) {
        // Nothing is recorded.
    }

    @Override
    public boolean responseEnd(Fields trailers) {
        return false;
    }

    @Override
    public void fail(Refusal refusal) {
        refused = refusal.code();
    }

    @Override
    public Sealing finish(Ending ending) {
        return Sealing.SEALED;
    }
}
