// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.session.Tape;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was seen of one call, until it becomes a session. Nothing in it is masked yet. Owned by the call's thread. */
final class Transcript {
    private static final RecordedMessage NOTHING =
            new RecordedMessage(List.of(), List.of(), 0, 0, null, false, Masking.CLEAN);

    private final Admitted admitted;
    private final long startNanos;
    private @Nullable List<Field> requestFields;
    private List<Field> requestTrailers = List.of();
    private boolean requestEnded;
    private @Nullable UpstreamAddress upstream;
    private int status;
    private String reason = "";
    private List<Field> responseFields = List.of();
    private List<Field> responseTrailers = List.of();
    private boolean responseEnded;
    private Changes responseChanges = Changes.NONE;
    private @Nullable Refusal refusal;
    private @Nullable Refusal blocked;
    private @Nullable Injected injected;
    private Decision decision = Decision.UNSAID;
    private long readyMicros = -1;
    private long sendingMicros = -1;
    private long headMicros = -1;

    Transcript(Admitted admitted, long startNanos) {
        this.admitted = admitted;
        this.startNanos = startNanos;
    }

    void decided(Decision what) {
        decision = what;
    }

    void readyAt(long nanos) {
        readyMicros = micros(nanos);
    }

    void sendingAt(long nanos) {
        sendingMicros = micros(nanos);
    }

    void upstream(UpstreamAddress address) {
        upstream = address;
    }

    void requestEnded(List<Field> trailers) {
        requestTrailers = trailers;
        requestEnded = true;
    }

    void responseEnded(List<Field> trailers) {
        responseTrailers = trailers;
        responseEnded = true;
    }

    void failed(Refusal why) {
        refusal = why;
        status = why.status();
        reason = "";
        responseFields = why.fields();
    }

    void injected(Injected what) {
        injected = what;
    }

    void blocked(Refusal why) {
        blocked = why;
    }

    void response(ResponseHead head, HeadPlan plan, long nanos) {
        headMicros = micros(nanos);
        status = head.status();
        reason = head.reason();
        responseFields = head.fields().toList();
        responseChanges = changes(head.fields(), plan);
    }

    /** What is known before anything is sent upstream. */
    Session intent(HeadPlan requestPlan) {
        RecordedMessage request = new RecordedMessage(requestFields(), List.of(), 0, 0, null, false, Masking.CLEAN);
        return session(
                SessionState.INCOMPLETE, Ending.UNKNOWN, "outcome_unknown", requestPlan, request, NOTHING, startNanos);
    }

    Session session(Ending ending, HeadPlan requestPlan, Tape requestTape, Tape responseTape, long endNanos) {
        return session(
                stateOf(ending),
                ending,
                codeOf(ending),
                requestPlan,
                message(requestFields(), requestTrailers, requestTape, requestEnded),
                message(responseFields, responseTrailers, responseTape, responseEnded),
                endNanos);
    }

    private static SessionState stateOf(Ending ending) {
        return switch (ending) {
            case COMPLETE -> SessionState.COMPLETE;
            case ANSWERED_BY_GATEWAY -> SessionState.REFUSED;
            case CALLER_ABORTED, CALLER_TOO_SLOW, UPSTREAM_ABORTED, UPSTREAM_TOO_SLOW, SHUTDOWN, UNKNOWN ->
                SessionState.INCOMPLETE;
        };
    }

    private @Nullable String codeOf(Ending ending) {
        if (ending == Ending.COMPLETE) {
            return null;
        }
        Refusal why = refusal == null ? blocked : refusal;
        return why == null ? ending.name().toLowerCase(Locale.ROOT) : why.code();
    }

    private static RecordedMessage message(List<Field> fields, List<Field> trailers, Tape tape, boolean ended) {
        return new RecordedMessage(
                fields,
                trailers,
                tape.totalBytes(),
                tape.keptBytes(),
                ended ? tape.sha256() : null,
                tape.isTruncated(),
                Masking.CLEAN);
    }

    private List<Field> requestFields() {
        if (requestFields == null) {
            requestFields = admitted.head().fields().toList();
        }
        return requestFields;
    }

    private Session session(
            SessionState state,
            Ending ending,
            @Nullable String code,
            HeadPlan requestPlan,
            RecordedMessage request,
            RecordedMessage response,
            long endNanos) {
        return new Session(
                admitted.id(),
                admitted.service().name(),
                admitted.node(),
                admitted.arrival().listener(),
                admitted.at(),
                micros(endNanos),
                state,
                ending,
                code,
                admitted.service().recording().durability(),
                admitted.service().retention(),
                admitted.caller(),
                admitted.arrival().callerAddress(),
                admitted.head().method(),
                injected == null ? admitted.upstreamTarget() : injected.maskedTarget(admitted.upstreamTarget()),
                admitted.target().authority(),
                admitted.head().target(),
                request,
                changes(admitted.head().fields(), requestPlan),
                upstream == null ? null : upstream.toString(),
                status,
                reason,
                response,
                responseChanges,
                new Timing(readyMicros, sendingMicros, headMicros, micros(endNanos)),
                admitted.plan().trace().traceId(),
                injected == null ? List.of() : injected.used(),
                decision);
    }

    private static Changes changes(Fields received, HeadPlan plan) {
        var removed = new ArrayList<String>();
        for (int index = 0; index < received.count(); index++) {
            if (!plan.keeps(index) && !isFraming(received, index)) {
                removed.add(received.name(index));
            }
        }
        var added = new ArrayList<Field>();
        plan.added((name, value) -> added.add(new Field(name, value)));
        return new Changes(removed, added);
    }

    /** Framing is written anew for each leg; that is no change of the message. */
    private static boolean isFraming(Fields fields, int index) {
        return fields.isNamed(index, "content-length") || fields.isNamed(index, "transfer-encoding");
    }

    private long micros(long nanos) {
        return (nanos - startNanos) / 1_000;
    }
}
