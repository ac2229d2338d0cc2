// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An exchange with what was said in it. */
public record Spoken(Session session, String request, String response) implements MaskedExchange {
    /** When the first session of a test began. */
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** A session of a service at a time, with contents in JSON. */
    public static Spoken of(String service, Instant at, long number, String request, String response) {
        return of(service, at, number, request, response, "application/json");
    }

    /** The same with contents of that type. */
    public static Spoken of(
            String service, Instant at, long number, String request, String response, String contentType) {
        var id = new SessionId(at.toEpochMilli() << 16 | 0x7000L, 1L << 63 | number);
        Session session = SessionBuilder.aSession()
                .id(id)
                .service(service)
                .lasted(at, 1500)
                .target("/v1/orders?n=" + number)
                .request(message(request, contentType))
                .response(message(response, contentType))
                .build();
        return new Spoken(session, request, response);
    }

    private static RecordedMessage message(String body, String contentType) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        List<Field> fields = List.of(new Field("Content-Type", contentType), new Field("X-Kind", "header_word"));
        return new RecordedMessage(fields, List.of(), length, length, null, false, Masking.CLEAN);
    }

    public SessionId id() {
        return session.id();
    }

    @Override
    public List<ByteBuffer> requestBody() {
        return List.of(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<ByteBuffer> responseBody() {
        return List.of(ByteBuffer.wrap(response.getBytes(StandardCharsets.UTF_8)));
    }
}
