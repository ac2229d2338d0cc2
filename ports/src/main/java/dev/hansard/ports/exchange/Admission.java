// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What the core decided on the head of a request.
 *
 * @since 0.1
 */
public sealed interface Admission {
    /** The call may go on; the listener owns {@code call} until it has called {@link Call#finish}. */
    record Admitted(Call call) implements Admission {}

    /** The request is for something that Hansard publishes: it is answered with 200, and is no call of any service. */
    record Answered(OwnAnswer answer) implements Admission {}

    /**
     * The request is for a desk of Hansard's own, which needs the content; it is no call of any service, and nothing of
     * it is recorded.
     */
    record Asked(OwnDesk desk) implements Admission {}

    /** The caller asks for what became of an earlier request of its own; this is no call of any service. */
    record Told(OwnDesk.Reply reply) implements Admission {}

    /**
     * The caller gets the response to an earlier request of its own, this once.
     *
     * @param session the record of that request
     */
    record Collected(CarriedResponse response, SessionId session) implements Admission {}

    /**
     * The call stops here. The body was not read, so the connection closes after the answer unless there is none.
     *
     * @param session id of the record of the refusal; null when no service was found to record it for
     */
    record Refused(Refusal refusal, @Nullable SessionId session) implements Admission {}
}
