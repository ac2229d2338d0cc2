// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A masked exchange that owns its content. */
record SimulatedExchange(Session session, String request, String response) implements MaskedExchange {
    private static final List<String> SERVICES = List.of("payments", "orders", "search");
    private static final int SMALL = 300;
    private static final int LARGE = 9000;

    @Override
    public List<ByteBuffer> requestBody() {
        return List.of(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public List<ByteBuffer> responseBody() {
        return List.of(ByteBuffer.wrap(response.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Any exchange that begins now. */
    static SimulatedExchange of(long number, Instant now, Random random) {
        String request = content(random);
        String response = content(random);
        Durability durability = random.nextInt(3) > 0 ? Durability.STRICT : Durability.RELAXED;
        RetentionClass retention = random.nextInt(4) == 0 ? SimulatedNode.WEEK : RetentionClass.DEFAULT;
        Session session = SessionBuilder.aSession()
                .id(id(now, number))
                .service(SERVICES.get(random.nextInt(SERVICES.size())))
                .at(SimulatedNode.NAME.value(), "main")
                .lasted(now, random.nextInt(10_000))
                .durability(durability)
                .target("/v1/orders?n=" + number)
                .request(SessionBuilder.message(List.of(new Field("Host", "payments")), request.length()))
                .upstream("http://10.0.0.1:9001")
                .response(SessionBuilder.message(List.of(), response.length()))
                .build()
                .withRetention(retention);
        return new SimulatedExchange(session, request, response);
    }

    static SessionId id(Instant now, long number) {
        return new SessionId((now.toEpochMilli() << 16) | 0x7000L, (1L << 63) | number);
    }

    private static String content(Random random) {
        var bytes = new byte[random.nextInt(40) == 0 ? random.nextInt(LARGE) : random.nextInt(SMALL)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    boolean isStrict() {
        return session.durability() == Durability.STRICT;
    }

    /** The session as an intent has it. */
    SimulatedExchange intent() {
        Session intent = SessionBuilder.like(session)
                .lasted(session.startedAt(), 0)
                .ended(SessionState.INCOMPLETE, Ending.UNKNOWN, null)
                .request(SessionBuilder.message(session.request().headers(), 0))
                .upstream(null)
                .status(0, "")
                .response(SessionBuilder.NOTHING)
                .build()
                .withRetention(session.retention());
        return new SimulatedExchange(intent, "", "");
    }
}
