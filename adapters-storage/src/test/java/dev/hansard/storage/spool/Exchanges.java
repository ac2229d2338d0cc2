// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Exchanges for the tests of this package. */
final class Exchanges {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
    static final NodeName NODE = new NodeName("node-1");

    private Exchanges() {}

    /** An exchange that owns its bytes. */
    record Exchange(Session session, String request, String response) implements MaskedExchange {
        @Override
        public List<ByteBuffer> requestBody() {
            return split(request);
        }

        @Override
        public List<ByteBuffer> responseBody() {
            return split(response);
        }

        private static List<ByteBuffer> split(String body) {
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            int half = bytes.length / 2;
            return List.of(ByteBuffer.wrap(bytes, 0, half), ByteBuffer.wrap(bytes, half, bytes.length - half));
        }
    }

    static SessionId id(long number) {
        long high = (NOON.toEpochMilli() << 16) | 0x7000L;
        return new SessionId(high, (1L << 63) | number);
    }

    /** An ordinary exchange of a JSON API; bodies of a few hundred bytes. */
    static Exchange of(long number) {
        return of(number, "payments", NOON.plusSeconds(number), Durability.STRICT);
    }

    static Exchange of(long number, String service, Instant startedAt, Durability durability) {
        String request = "{\"order\":\"ord_" + number + "\",\"amount\":" + number * 7 + "}";
        String response = "{\"accepted\":true,\"order\":\"ord_" + number + "\"," + "\"items\":[1,2,3,4,5,6]}";
        return new Exchange(session(number, service, startedAt, durability, request, response), request, response);
    }

    /** An exchange with bodies of that many incompressible bytes. */
    static Exchange big(long number, int requestBytes, int responseBytes) {
        String request = noise(number, requestBytes);
        String response = noise(number + 1, responseBytes);
        return new Exchange(
                session(number, "payments", NOON.plusSeconds(number), Durability.STRICT, request, response),
                request,
                response);
    }

    static String noise(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Session session(
            long number, String service, Instant startedAt, Durability durability, String request, String response) {
        return SessionBuilder.aSession()
                .id(id(number))
                .service(service)
                .at(NODE.value(), "main")
                .lasted(startedAt, 1500)
                .durability(durability)
                .caller(new Caller("anonymous", "anonymous", List.of()), "127.0.0.1")
                .target("/v1/orders?n=" + number)
                .host("payments.example:8080")
                .request(message(
                        request, List.of(new Field("Host", "payments.example:8080"), new Field("x-Trace", "a b"))))
                .requestChanges(new Changes(List.of("Connection"), List.of(new Field("Via", "1.1 hansard"))))
                .upstream("http://10.0.0.1:9001")
                .response(message(response, List.of(new Field("Content-Type", "application/json"))))
                .timing(new Timing(100, 200, 900, 1500))
                .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
                .build();
    }

    private static RecordedMessage message(String body, List<Field> more) {
        var fields = new ArrayList<>(more);
        fields.add(new Field("Content-Length", Integer.toString(body.length())));
        return new RecordedMessage(fields, List.of(), body.length(), body.length(), null, false, Masking.CLEAN);
    }

    /** The session as an intent has it. */
    static Exchange intent(Exchange of) {
        Session s = of.session();
        Session session = SessionBuilder.like(s)
                .lasted(s.startedAt(), 0)
                .ended(SessionState.INCOMPLETE, Ending.UNKNOWN, null)
                .request(SessionBuilder.message(s.request().headers(), 0))
                .upstream(null)
                .status(0, "")
                .response(SessionBuilder.NOTHING)
                .responseChanges(Changes.NONE)
                .timing(Timing.NONE)
                .build();
        return new Exchange(session, "", "");
    }

    /** Any exchange that the types allow, with every char in its texts. */
    static Arbitrary<Exchange> any() {
        return Arbitraries.randoms().map(Exchanges::random);
    }

    private static Exchange random(Random random) {
        String request = random.nextInt(20) == 0
                ? noise(random.nextLong(), 300_000)
                : noise(random.nextLong(), random.nextInt(600));
        boolean answered = random.nextInt(5) > 0;
        String response = answered ? noise(random.nextLong(), random.nextInt(3000)) : "";
        String target = "/" + text(random);
        Session session = SessionBuilder.aSession()
                .id(id(random.nextLong() >>> 3))
                .at(NODE.value(), text(random))
                .lasted(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), random.nextLong())
                .ended(pick(random, SessionState.values()), pick(random, Ending.values()), maybe(random))
                .durability(random.nextBoolean() ? Durability.STRICT : Durability.RELAXED)
                .caller(
                        new Caller(
                                text(random),
                                "s" + text(random),
                                List.of(text(random), text(random)),
                                List.of(text(random))),
                        text(random))
                .method(random.nextInt(5) == 0 ? "HEAD" : text(random))
                .target(target)
                .host(text(random))
                .receivedTarget(random.nextBoolean() ? target : "/" + text(random))
                .request(message(random, request))
                .requestChanges(new Changes(List.of(text(random)), fields(random)))
                .upstream(maybe(random))
                .status(answered ? 100 + random.nextInt(500) : 0, text(random))
                .response(message(random, response))
                .responseChanges(new Changes(List.of(), fields(random)))
                .timing(new Timing(random.nextLong(), -1, random.nextInt(), 0))
                .traceId(maybe(random))
                .build();
        return new Exchange(session, request, response);
    }

    private static RecordedMessage message(Random random, String body) {
        List<Field> fields = new ArrayList<>(fields(random));
        if (random.nextInt(3) == 0) {
            fields.add(new Field("Transfer-Encoding", random.nextBoolean() ? "chunked" : "Chunked"));
        }
        return new RecordedMessage(
                fields,
                fields(random),
                random.nextLong() >>> 1,
                body.length(),
                random.nextBoolean() ? "ab".repeat(32) : null,
                random.nextBoolean(),
                masking(random));
    }

    private static Masking masking(Random random) {
        if (random.nextBoolean()) {
            return Masking.of(pick(random, MaskStatus.values()));
        }
        return new Masking(
                pick(random, MaskStatus.values()),
                maybe(random),
                random.nextBoolean(),
                maybe(random),
                text(random),
                Map.of("pan", 1 + random.nextInt(9), text(random) + "x", 1),
                List.of(new MaskedPlace("pan", "/card/" + text(random))));
    }

    private static List<Field> fields(Random random) {
        var fields = new ArrayList<Field>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(new Field(text(random), text(random)));
        }
        return fields;
    }

    private static String text(Random random) {
        String from = switch (random.nextInt(6)) {
            case 0 -> "\r\n\0 :\\u\t";
            case 1 -> "\u00e9\u00ff\u0080a";
            case 2 -> "\ud83d\ude00\u4e2d\ud800";
            default -> "abcXYZ-09";
        };
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    private static @Nullable String maybe(Random random) {
        return random.nextBoolean() ? text(random) : null;
    }

    private static <E> E pick(Random random, E[] from) {
        return from[random.nextInt(from.length)];
    }
}
