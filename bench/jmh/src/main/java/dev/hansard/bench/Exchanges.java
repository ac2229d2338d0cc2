// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole exchange with 2 KiB of JSON each way, heads included. */
@State(Scope.Thread)
public class Exchanges {
    private static final int SIZE = 2 << 10;

    @Param({"names", "built-in", "detectors"})
    public String rules = "";

    private MaskingProgram program = new MaskingProgram(Map.of(), Maskings.service(""));
    private RawExchange exchange = exchange(Texts.orders(SIZE));
    private RawExchange heads = exchange(new byte[0]);

    @Setup
    public void prepare() {
        ServiceMasking service = Maskings.service(rules);
        program = new MaskingProgram(Map.of(Maskings.SERVICE, service), service);
        exchange = exchange(Texts.orders(SIZE));
        heads = exchange(new byte[0]);
    }

    @Benchmark
    public MaskedExchange whole() {
        return program.mask(exchange);
    }

    /** Without contents, for what of it the heads take. */
    @Benchmark
    public MaskedExchange heads() {
        return program.mask(heads);
    }

    private static RawExchange exchange(byte[] content) {
        List<ByteBuffer> body = content.length == 0 ? List.of() : List.of(ByteBuffer.wrap(content));
        var request = message(
                content,
                new Field("Host", "payments.example"),
                new Field("User-Agent", "checkout/1.4"),
                new Field("Accept", "application/json"),
                new Field("Authorization", "Bearer 0123456789abcdef0123456789abcdef"),
                new Field("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                new Field("Content-Type", "application/json"));
        var response = message(
                content,
                new Field("Date", "Fri, 02 Jan 2026 03:04:05 GMT"),
                new Field("Server", "payments"),
                new Field("Cache-Control", "no-store"),
                new Field("ETag", "\"5f3a-61c8\""),
                new Field("Content-Type", "application/json"));
        return new RawExchange(session(request, response), body, body);
    }

    private static RecordedMessage message(byte[] content, Field... fields) {
        String digest = content.length == 0 ? null : "ab".repeat(32);
        return new RecordedMessage(
                List.of(fields), List.of(), content.length, content.length, digest, false, Masking.CLEAN);
    }

    private static Session session(RecordedMessage request, RecordedMessage response) {
        return new Session(
                SessionId.parse("ses_0190163d-8694-739b-aea5-966c26f8ad91"),
                Maskings.SERVICE,
                new NodeName("node"),
                "edge",
                Instant.EPOCH,
                1,
                SessionState.COMPLETE,
                Ending.COMPLETE,
                null,
                Durability.STRICT,
                RetentionClass.DEFAULT,
                Caller.ANONYMOUS,
                "127.0.0.1",
                "POST",
                "/v1/orders/42?expand=items&page=2",
                "payments.example",
                "/v1/orders/42?expand=items&page=2",
                request,
                Changes.NONE,
                null,
                200,
                "OK",
                response,
                Changes.NONE,
                Timing.NONE,
                null,
                List.of(),
                Decision.UNSAID);
    }
}
