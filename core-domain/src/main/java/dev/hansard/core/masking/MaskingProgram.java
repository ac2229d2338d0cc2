// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The one way from a raw exchange to one that may be stored: the rules of its service, and those that no configuration
 * can switch off. Safe for any number of threads.
 */
public final class MaskingProgram {
    private static final String HIDDEN = "***";

    private final Map<ServiceName, ServiceMasking> services;
    private final ServiceMasking others;

    /** With the masking of services; {@code others} is that of those that have none of their own. */
    public MaskingProgram(Map<ServiceName, ServiceMasking> services, ServiceMasking others) {
        this.services = Map.copyOf(services);
        this.others = others;
    }

    /**
     * An exchange of which nothing that must be masked is left. It never fails: what masking cannot cope with is left
     * out of the record.
     */
    public MaskedExchange mask(RawExchange exchange) {
        Session raw = exchange.session();
        ServiceMasking service = services.getOrDefault(raw.service(), others);
        try {
            return masked(service, exchange);
        } catch (RuntimeException | StackOverflowError _) {
            return new Masked(
                    session(raw, HIDDEN, HIDDEN, hidden(raw.request()), hidden(raw.response()), ""),
                    List.of(),
                    List.of());
        }
    }

    /** Most memory, in bytes, that masking the contents of a session takes besides themselves. */
    public long workingBytes(Session raw) {
        ServiceMasking service = services.getOrDefault(raw.service(), others);
        return service.workingBytes(raw.request()) + service.workingBytes(raw.response());
    }

    private static MaskedExchange masked(ServiceMasking service, RawExchange exchange) {
        Session raw = exchange.session();
        ExactValues injected = exchange.injected();
        var request = new MessageMasking(service, injected);
        String target = request.target(raw.target());
        String received = raw.receivedTarget().equals(raw.target()) ? target : request.target(raw.receivedTarget());
        Part requestPart = part(service, request, raw.request(), exchange.requestBody());
        var response = new MessageMasking(service, injected);
        String reason = response.text(raw.reason(), "reason");
        Part responsePart = part(service, response, raw.response(), exchange.responseBody());
        Sent sentRequest = new Sent(requestPart.message(), changes(service, raw.requestChanges(), injected));
        Sent sentResponse = new Sent(responsePart.message(), changes(service, raw.responseChanges(), injected));
        return new Masked(
                session(raw, target, received, sentRequest, sentResponse, reason),
                requestPart.body(),
                responsePart.body());
    }

    /** A message and how what was sent on differed. */
    private record Sent(RecordedMessage message, Changes changes) {}

    private static Session session(
            Session raw, String target, String received, Sent request, Sent response, String reason) {
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
                target,
                raw.host(),
                received,
                request.message(),
                request.changes(),
                raw.upstream(),
                raw.status(),
                reason,
                response.message(),
                response.changes(),
                raw.timing(),
                raw.traceId(),
                raw.credentials(),
                raw.decision());
    }

    /** What is left of a message when its masking fails: names and lengths. */
    private static Sent hidden(RecordedMessage raw) {
        String failure = Unmaskable.Reason.FAILURE.word();
        var masking = new Masking(MaskStatus.WITHHELD, failure, false, null, "", Map.of(), List.of());
        var message = new RecordedMessage(
                hidden(raw.headers()), hidden(raw.trailers()), raw.bodyBytes(), 0, null, raw.truncated(), masking);
        return new Sent(message, Changes.NONE);
    }

    private static List<Field> hidden(List<Field> fields) {
        return fields.stream().map(field -> new Field(field.name(), HIDDEN)).toList();
    }

    /** A message with its content. */
    private record Part(RecordedMessage message, List<ByteBuffer> body) {}

    private static Part part(
            ServiceMasking service, MessageMasking masking, RecordedMessage raw, List<ByteBuffer> content) {
        List<Field> headers = masking.fields(raw.headers());
        List<Field> trailers = masking.fields(raw.trailers());
        boolean isWhole = !raw.truncated() && raw.bodySha256() != null;
        MessageMasking.Body body = raw.keptBytes() == 0
                ? new MessageMasking.Body(content, null, false, false, false)
                : masking.body(
                        first(raw.headers(), "content-type"), all(raw.headers(), "content-encoding"), content, isWhole);
        // The clear digest may stay only where whoever reads the record has the content as well.
        boolean isClear = !body.isChanged() && !raw.truncated();
        String sha256 = raw.bodySha256();
        var said = new Masking(
                status(body, masking.hasMasked()),
                body.reason(),
                body.isDecoded(),
                sha256 == null || isClear ? null : masking.digest(sha256),
                service.version(),
                masking.hits(),
                masking.places());
        long kept = body.length();
        return new Part(
                new RecordedMessage(
                        headers, trailers, raw.bodyBytes(), kept, isClear ? sha256 : null, raw.truncated(), said),
                body.bytes());
    }

    private static MaskStatus status(MessageMasking.Body body, boolean isMasked) {
        if (body.isWithheld()) {
            return MaskStatus.WITHHELD;
        }
        return isMasked ? MaskStatus.MASKED : MaskStatus.CLEAN;
    }

    private static Changes changes(ServiceMasking service, Changes changes, ExactValues injected) {
        return changes.added().isEmpty()
                ? changes
                : new Changes(changes.removed(), new MessageMasking(service, injected).fields(changes.added()));
    }

    private static String first(List<Field> fields, String name) {
        List<String> values = all(fields, name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static List<String> all(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Made here and nowhere else. */
    private record Masked(Session session, List<ByteBuffer> requestBody, List<ByteBuffer> responseBody)
            implements MaskedExchange {}
}
