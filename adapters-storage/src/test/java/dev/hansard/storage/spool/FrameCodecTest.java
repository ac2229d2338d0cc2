// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private static final EncoderPool POOL = new EncoderPool(FrameKeys.NONE);

    @Property(tries = 400)
    void givesBackEverySessionThatItTook(@ForAll("exchanges") Exchange exchange) throws IOException {
        byte[] frame = encode(FrameKind.COMPLETE, exchange);

        FrameReader reader = reader(frame, exchange);

        assertThat(reader.session()).isEqualTo(exchange.session());
        assertThat(body(reader, Direction.REQUEST)).isEqualTo(exchange.request());
        assertThat(body(reader, Direction.RESPONSE)).isEqualTo(exchange.response());
        assertThat(reader.summary()).isEqualTo(exchange.session().summary());
    }

    @Property(tries = 100)
    void givesBackAnIntent(@ForAll("exchanges") Exchange exchange) throws IOException {
        byte[] frame = encode(FrameKind.INTENT, exchange);

        Session session = reader(frame, exchange).session();

        assertThat(session).isEqualTo(exchange.session());
    }

    @Test
    void streamsABodyOfManyMegabytes() throws IOException {
        Exchange exchange = Exchanges.big(7, 3_000_000, 5_000_000);
        byte[] frame = encode(FrameKind.COMPLETE, exchange);

        FrameReader reader = reader(frame, exchange);

        assertThat(reader.session()).isEqualTo(exchange.session());
        assertThat(body(reader, Direction.REQUEST)).isEqualTo(exchange.request());
        assertThat(body(reader, Direction.RESPONSE)).isEqualTo(exchange.response());
    }

    @Test
    void seesEveryFlippedBit() {
        Exchange exchange = Exchanges.of(1);
        byte[] frame = encode(FrameKind.COMPLETE, exchange);

        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] damaged = frame.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThatThrownBy(() -> readAll(damaged, exchange)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void cutsLongTextsInTheSummaryOnly() throws IOException {
        Exchange short_ = Exchanges.of(1);
        Exchange exchange = new Exchange(Sessions.withTarget(short_.session(), "/" + "x".repeat(20_000)), "", "");

        FrameReader reader = reader(encode(FrameKind.COMPLETE, exchange), exchange);

        assertThat(reader.summary().target()).hasSize(SessionSummary.MAX_TEXT);
        assertThat(reader.session().target()).hasSize(20_001);
    }

    @Test
    void refusesAFrameOfAnotherSession() {
        byte[] frame = encode(FrameKind.COMPLETE, Exchanges.of(1));

        assertThatThrownBy(() -> reader(frame, Exchanges.of(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another");
    }

    @Test
    void readsTheSummaryWithoutTheRecords() {
        Exchange exchange = Exchanges.of(3);
        ByteBuffer frame = ByteBuffer.wrap(encode(FrameKind.COMPLETE, exchange));
        FrameHead head = FrameFormat.read(frame);

        SessionSummary summary = SummaryCodec.read(
                exchange.session().id(), frame.slice(FrameFormat.HEAD, head == null ? 0 : head.summaryLength()));

        assertThat(summary).isEqualTo(exchange.session().summary());
    }

    private static byte[] encode(FrameKind kind, Exchange exchange) {
        EncodedFrame frame = POOL.encode(kind, exchange);
        frame.stamp(0x1234_5678_9ABC_DEF0L, 42);
        var bytes = new byte[frame.length()];
        frame.view().get(bytes);
        return bytes;
    }

    private static FrameReader reader(byte[] frame, Exchange exchange) throws IOException {
        FrameBytes bytes = (from, length) -> new ByteArrayInputStream(frame, (int) from, (int) length);
        return FrameReader.open(bytes, frame.length, exchange.session().id(), FrameKeys.NONE);
    }

    private static void readAll(byte[] frame, Exchange exchange) throws IOException {
        FrameReader reader = reader(frame, exchange);
        reader.session();
        body(reader, Direction.REQUEST);
        body(reader, Direction.RESPONSE);
    }

    private static String body(FrameReader reader, Direction direction) throws IOException {
        try (var in = reader.body(direction)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Provide
    Arbitrary<Exchange> exchanges() {
        return Exchanges.any();
    }
}
