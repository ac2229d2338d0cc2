// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a call that nobody ended: what its intent and its flight tell, and in words that the outcome is
 * unknown (invariant I3).
 */
final class Unfinished {
    /** The process died, or the power was lost, while the call was in flight. */
    static final String OUTCOME_UNKNOWN = "outcome_unknown";
    /** The call ended, but its record could not be written. */
    static final String RECORD_LOST = "record_lost";

    private static final Caller NOBODY = new Caller("unknown", "unknown", List.of());

    private Unfinished() {}

    static Session of(Session intent, FlightTable.@Nullable Note flight, String code) {
        return new Session(
                intent.id(),
                intent.service(),
                intent.node(),
                intent.listener(),
                intent.startedAt(),
                intent.durationMicros(),
                SessionState.INCOMPLETE,
                Ending.UNKNOWN,
                code,
                intent.durability(),
                intent.retention(),
                intent.caller(),
                intent.callerAddress(),
                intent.method(),
                intent.target(),
                intent.host(),
                intent.receivedTarget(),
                counted(intent.request(), flight == null ? 0 : flight.requestBytes()),
                intent.requestChanges(),
                intent.upstream(),
                intent.status(),
                intent.reason(),
                counted(intent.response(), flight == null ? 0 : flight.responseBytes()),
                intent.responseChanges(),
                intent.timing(),
                intent.traceId(),
                intent.credentials(),
                intent.decision());
    }

    private static RecordedMessage counted(RecordedMessage message, long seen) {
        long bytes = Math.max(seen, message.bodyBytes());
        return new RecordedMessage(message.headers(), message.trailers(), bytes, 0, null, bytes > 0, message.masking());
    }

    /** Of a call without an intent less is known. */
    static Session of(FlightTable.Note flight, NodeName node, String code) {
        var nothing = new RecordedMessage(List.of(), List.of(), 0, 0, null, false, Masking.CLEAN);
        return new Session(
                flight.id(),
                flight.service(),
                node,
                "",
                flight.startedAt(),
                0,
                SessionState.INCOMPLETE,
                Ending.UNKNOWN,
                code,
                flight.durability(),
                RetentionClass.DEFAULT,
                NOBODY,
                "",
                flight.method(),
                "",
                "",
                "",
                counted(nothing, flight.requestBytes()),
                Changes.NONE,
                null,
                0,
                "",
                counted(nothing, flight.responseBytes()),
                Changes.NONE,
                Timing.NONE,
                null,
                List.of(),
                Decision.UNSAID);
    }
}
