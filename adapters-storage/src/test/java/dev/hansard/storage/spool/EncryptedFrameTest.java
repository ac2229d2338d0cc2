// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.crypt.PartCipher;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EncryptedFrameTest {
    private static final long SALT = 0x1234_5678_9ABC_DEF0L;
    private static final int[] PARTS_AT = {56, 64, 72};

    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private final FrameKeys keys = keys(new InMemoryKeyWrapper(), payloads);

    private static FrameKeys keys(InMemoryKeyWrapper wrapper, InMemoryPayloadStore payloads) {
        var sources = new Sources(InstantSource.fixed(Exchanges.NOON), () -> 0, new Random(7));
        try {
            return FrameKeys.open(wrapper, new SimulatedDisk(1), payloads, sources);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 200)
    void givesBackEverySessionThatItTook(@ForAll("exchanges") Exchange exchange) throws IOException {
        byte[] frame = encode(keys, FrameKind.COMPLETE, exchange);

        FrameReader reader = reader(frame, exchange, keys);

        assertThat(reader.session()).isEqualTo(exchange.session());
        assertThat(body(reader, Direction.REQUEST)).isEqualTo(exchange.request());
        assertThat(body(reader, Direction.RESPONSE)).isEqualTo(exchange.response());
    }

    @Test
    void streamsABodyOfManyPieces() throws IOException {
        Exchange exchange = Exchanges.big(7, 3_000_000, 5_000_000);
        byte[] frame = encode(keys, FrameKind.COMPLETE, exchange);

        FrameReader reader = reader(frame, exchange, keys);

        assertThat(reader.session()).isEqualTo(exchange.session());
        assertThat(body(reader, Direction.REQUEST)).isEqualTo(exchange.request());
        assertThat(body(reader, Direction.RESPONSE)).isEqualTo(exchange.response());
    }

    @Test
    void showsNothingOfTheContent() {
        String canary = "Xq7cAnArY";
        Exchange plain = Exchanges.of(1);
        var exchange = new Exchange(
                Sessions.withTarget(plain.session(), "/v1/orders?card=" + canary), "in " + canary, "out " + canary);

        for (FrameKind kind : new FrameKind[] {FrameKind.INTENT, FrameKind.COMPLETE}) {
            String bytes = new String(encode(keys, kind, exchange), StandardCharsets.ISO_8859_1);

            assertThat(bytes).doesNotContain(canary, "WARC", "x-Trace").contains("/v1/orders");
        }
    }

    /** A frame that was written on 2026-11-23, under the first key that the same randomness gives. */
    @Test
    void readsAFrameOfTheFirstRelease() throws IOException {
        Exchange exchange = Exchanges.of(1);
        encode(keys, FrameKind.COMPLETE, exchange);
        byte[] frame;
        try (InputStream in = EncryptedFrameTest.class.getResourceAsStream("encrypted-frame-2.b64")) {
            frame = Base64.getMimeDecoder().decode(Objects.requireNonNull(in).readAllBytes());
        }

        FrameReader reader = reader(frame, exchange, keys);

        assertThat(frame[16]).isEqualTo((byte) FrameFormat.ENCRYPTED_VERSION);
        assertThat(reader.session()).isEqualTo(exchange.session());
        assertThat(body(reader, Direction.RESPONSE)).isEqualTo(exchange.response());
    }

    @Test
    void refusesEveryFlippedBit() {
        Exchange exchange = Exchanges.of(1);
        byte[] frame = encode(keys, FrameKind.COMPLETE, exchange);

        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] damaged = flipped(frame, bit);

            assertThatThrownBy(() -> readAll(damaged, exchange)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesEveryFlippedBitWhoseChecksumsWereMended() {
        Exchange exchange = Exchanges.of(1);
        byte[] frame = encode(keys, FrameKind.COMPLETE, exchange);
        int headLength =
                Objects.requireNonNull(FrameFormat.read(ByteBuffer.wrap(frame))).headLength();

        for (int bit = 8 * 16; bit < 8 * frame.length; bit++) {
            byte[] forged = mended(flipped(frame, bit));
            int at = bit / 8;
            boolean stamped = at >= 20 && at < 40;
            boolean checksum = at >= 56 && at < FrameFormat.HEAD && at % 8 >= 4;
            // Random bytes of the writer, which only the ledger binds to the record.
            boolean salt = at >= headLength - FrameFormat.RECORD_SALT && at < headLength;
            if (!stamped && !checksum && !salt) {
                assertThatThrownBy(() -> readAll(forged, exchange))
                        .as("bit " + bit)
                        .isInstanceOfAny(IOException.class, StorageException.class);
            }
        }
    }

    @Test
    void refusesTheRecordsOfAnotherSession() {
        Exchange mine = Exchanges.of(1);
        Exchange other = Exchanges.of(2);
        byte[] frame = encode(keys, FrameKind.COMPLETE, mine);
        byte[] swapped = encode(keys, FrameKind.COMPLETE, other);
        ByteBuffer.wrap(swapped).order(ByteOrder.LITTLE_ENDIAN).put(40, frame, 40, 16);

        assertThatThrownBy(() -> readAll(mended(swapped), mine)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesTheRecordsOfAnotherService() {
        Exchange mine = Exchanges.of(1, "payments", Exchanges.NOON, Durability.STRICT);
        byte[] frame = encode(keys, FrameKind.COMPLETE, mine);
        // The same length: only the word differs.
        replace(frame, "payments", "shipment");

        assertThatThrownBy(() -> readAll(mended(frame), mine)).isInstanceOf(StorageException.class);
    }

    @Test
    void namesTheKeyThatIsMissing() {
        Exchange exchange = Exchanges.of(1);
        byte[] frame = encode(keys, FrameKind.COMPLETE, exchange);
        FrameHead head = head(frame);
        long id = PartCipher.keyId(ByteBuffer.wrap(frame, (int) head.requestAt(), PartCipher.PREFIX));
        FrameKeys others = keys(new InMemoryKeyWrapper(), new InMemoryPayloadStore());

        assertThatThrownBy(() -> reader(frame, exchange, others).session())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(HexFormat.of().toHexDigits(id))
                .hasMessageContaining("payments/default/2026-11-23");
        assertThatThrownBy(() -> reader(frame, exchange, FrameKeys.NONE).session())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("storage.encryption is not configured");
    }

    private static FrameHead head(byte[] frame) {
        FrameHead head = FrameFormat.read(ByteBuffer.wrap(frame));
        if (head == null) {
            throw new AssertionError("no frame");
        }
        return head;
    }

    private static byte[] encode(FrameKeys keys, FrameKind kind, Exchange exchange) {
        try (var encoder = new FrameEncoder(keys)) {
            EncodedFrame frame = encoder.encode(kind, exchange);
            frame.stamp(SALT, 42);
            var bytes = new byte[frame.length()];
            frame.view().get(bytes);
            return bytes;
        }
    }

    private static byte[] flipped(byte[] frame, int bit) {
        byte[] damaged = frame.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        return damaged;
    }

    /** As somebody would who knows the format, and has no key. */
    private static byte[] mended(byte[] frame) {
        ByteBuffer view = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        int headLength = FrameFormat.headLength(view);
        if (headLength < 0) {
            return frame;
        }
        int at = headLength;
        for (int part : PARTS_AT) {
            int length = view.getInt(part);
            if (length >= 0 && length <= frame.length - at) {
                var crc = new CRC32C();
                crc.update(frame, at, length);
                view.putInt(part + 4, (int) crc.getValue());
                at += length;
            }
        }
        if (headLength <= frame.length) {
            FrameFormat.stamp(frame, SALT, 42);
        }
        return frame;
    }

    private static void replace(byte[] bytes, String from, String to) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(from);
        System.arraycopy(to.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, to.length());
    }

    private static FrameReader reader(byte[] frame, Exchange exchange, FrameKeys keys) throws IOException {
        FrameBytes bytes = (from, length) -> new ByteArrayInputStream(frame, (int) from, (int) length);
        return FrameReader.open(bytes, frame.length, exchange.session().id(), keys);
    }

    private void readAll(byte[] frame, Exchange exchange) throws IOException {
        FrameReader reader = reader(frame, exchange, keys);
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
