// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The one way from a raw exchange to one that may be stored. It applies the rules that no configuration can switch off:
 * heads and targets never keep a credential. Pure; safe for any number of threads.
 */
public final class MaskingProgram {
    /** An exchange of which nothing that must be masked is left. */
    public MaskedExchange mask(RawExchange exchange) {
        Session session = exchange.session();
        return new Masked(mask(session), exchange.requestBody(), exchange.responseBody());
    }

    private static Session mask(Session raw) {
        return new Session(
                raw.id(),
                raw.service(),
                raw.node(),
                raw.listener(),
                raw.startedAt(),
                raw.durationMicros(),
                raw.state(),
                raw.ending(),
                raw.code(),
                raw.durability(),
                raw.retention(),
                raw.caller(),
                raw.callerAddress(),
                raw.method(),
                HeadMasking.maskTarget(raw.target()).value(),
                raw.host(),
                HeadMasking.maskTarget(raw.receivedTarget()).value(),
                mask(raw.request()),
                mask(raw.requestChanges()),
                raw.upstream(),
                raw.status(),
                raw.reason(),
                mask(raw.response()),
                mask(raw.responseChanges()),
                raw.timing(),
                raw.traceId());
    }

    private static RecordedMessage mask(RecordedMessage message) {
        var headers = HeadMasking.mask(message.headers());
        var trailers = HeadMasking.mask(message.trailers());
        boolean masked = headers.any() || trailers.any();
        return new RecordedMessage(
                headers.value(),
                trailers.value(),
                message.bodyBytes(),
                message.keptBytes(),
                message.bodySha256(),
                message.truncated(),
                masked ? Masking.of(MaskStatus.MASKED) : message.masking());
    }

    private static Changes mask(Changes changes) {
        List<Field> added = HeadMasking.mask(changes.added()).value();
        return new Changes(changes.removed(), added);
    }

    /** Made here and nowhere else. */
    private record Masked(Session session, List<ByteBuffer> requestBody, List<ByteBuffer> responseBody)
            implements MaskedExchange {}
}
