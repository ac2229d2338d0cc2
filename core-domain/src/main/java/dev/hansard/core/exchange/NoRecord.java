// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.Injected;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.policy.Decision;

/** No record at all: only to measure what recording costs. No configuration leads here. */
enum NoRecord implements CallRecord {
    NONE;

    @Override
    public void decided(Decision decision) {}

    @Override
    public Readiness ready(HeadPlan requestPlan) {
        return Readiness.Ready.READY;
    }

    @Override
    public void upstream(UpstreamAddress address) {}

    @Override
    public void sending() {}

    @Override
    public void requestBody(byte[] bytes, int offset, int length) {}

    @Override
    public void requestEnd(Fields trailers) {}

    @Override
    public void response(ResponseHead head, HeadPlan plan) {}

    @Override
    public void responseBody(byte[] bytes, int offset, int length) {}

    @Override
    public void responseEnd(Fields trailers) {}

    @Override
    public void failed(Refusal refusal) {}

    @Override
    public void injected(Injected injected) {}

    @Override
    public void blocked(Refusal why) {}

    @Override
    public Outcome finish(Ending ending, HeadPlan requestPlan, boolean sent) {
        return Outcome.WHOLE;
    }
}
