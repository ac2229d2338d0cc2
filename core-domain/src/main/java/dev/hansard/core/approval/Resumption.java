// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.seal.SealedRequest;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;

/** Admits a request again whose caller has been recognised before. Safe for any number of threads. */
public interface Resumption {
    /**
     * Decides on it as on any other, by the routes and policies of now; only who calls is not asked again.
     *
     * @param grant is asked where a policy wants an approval; a request that no policy asks for any more does not go
     *     on,
     *     since that is not what was approved
     */
    Outcome resume(SealedRequest request, Holding grant);

    /** What came of it. */
    sealed interface Outcome {}

    /** It has a call again, which has to be finished. */
    record Resumed(Call call, RequestHead head) implements Outcome {}

    /** It cannot go on now, and may be resumed again later on. */
    record NotYet(Refusal refusal) implements Outcome {}

    /** It cannot go on. */
    record NotResumed(Refusal refusal) implements Outcome {}
}
