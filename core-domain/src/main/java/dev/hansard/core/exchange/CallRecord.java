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

/**
 * What a call tells its record as it goes along. Owned by the call, under the rules of
 * {@link dev.hansard.ports.exchange.Call}.
 */
interface CallRecord {
    /** What the policies said; the last time counts. */
    void decided(Decision decision);

    Readiness ready(HeadPlan requestPlan);

    /** Something is put into the request, of which the record has names and versions only. */
    void injected(Injected injected);

    void upstream(UpstreamAddress address);

    void sending();

    void requestBody(byte[] bytes, int offset, int length);

    void requestEnd(Fields trailers);

    void response(ResponseHead head, HeadPlan plan);

    void responseBody(byte[] bytes, int offset, int length);

    void responseEnd(Fields trailers);

    void failed(Refusal refusal);

    /** The response was broken off because of what it held; {@code why} says what. */
    void blocked(Refusal why);

    /**
     * Makes the record.
     *
     * @param sent whether anything was sent upstream, so that there may be an effect to be on record
     */
    Outcome finish(Ending ending, HeadPlan requestPlan, boolean sent);

    /** What became of a record. */
    enum Outcome {
        /** It holds all that was seen. */
        WHOLE,
        /** It lacks content, and says so. */
        TRUNCATED,
        /** There is none. */
        MISSING
    }
}
