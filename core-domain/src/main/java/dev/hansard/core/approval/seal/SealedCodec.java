// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.seal;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.approval.codec.Packer;
import dev.hansard.core.approval.codec.Unpacker;
import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.ports.exchange.CarriedResponse;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.value.ApprovalId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the vault keeps, as bytes. */
public final class SealedCodec {
    private static final String REQUEST = "held-request-1";
    private static final String RESPONSE = "kept-response-1";

    private SealedCodec() {}

    public static ByteBuffer request(SealedRequest sealed) {
        var packer = new Packer();
        packer.text(REQUEST).bytes(ByteBuffer.wrap(sealed.key().bytes()));
        ApprovalCodec.caller(packer, sealed.caller());
        ReceivedRequest received = sealed.received();
        packer.text(sealed.listener())
                .flag(sealed.secure())
                .text(sealed.method())
                .text(received.target())
                .list(received.fields(), field -> packer.text(field.name()).text(field.value()))
                .text(received.callerAddress())
                .flag(received.restartsTrace())
                .text(received.traceparent())
                .flag(sealed.body() != null);
        if (sealed.body() != null) {
            packer.bytes(sealed.body().bytes());
        }
        return packer.packed();
    }

    public static SealedRequest request(ApprovalId id, ByteBuffer sealed) {
        return Unpacker.read(sealed, "the held request of " + id, in -> {
            require(in, REQUEST);
            return new SealedRequest(
                    DigestKey.of(bytes(in.bytes())),
                    ApprovalCodec.caller(in),
                    in.text(),
                    in.flag(),
                    in.text(),
                    new ReceivedRequest(in.text(), fields(in), in.text(), in.flag(), in.text()),
                    body(in));
        });
    }

    private static List<Field> fields(Unpacker in) {
        return in.list(() -> new Field(in.text(), in.text()));
    }

    private static @Nullable RequestBody body(Unpacker in) {
        return in.flag() ? new Unsealed(bytes(in.bytes())) : null;
    }

    public static ByteBuffer response(CarriedResponse response) {
        var packer = new Packer();
        return packer.text(RESPONSE)
                .number(response.status())
                .text(response.reason())
                .list(response.fields(), field -> packer.text(field.name()).text(field.value()))
                .bytes(response.content())
                .packed();
    }

    public static CarriedResponse response(ApprovalId id, ByteBuffer sealed) {
        return Unpacker.read(sealed, "the kept response of " + id, in -> {
            require(in, RESPONSE);
            return new CarriedResponse((int) in.number(), in.text(), fields(in), in.bytes());
        });
    }

    private static void require(Unpacker in, String layout) {
        if (!in.text().equals(layout)) {
            throw new IllegalArgumentException("another layout");
        }
    }

    private static byte[] bytes(ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    /** A content that was sealed. */
    private static final class Unsealed implements RequestBody {
        private final byte[] content;

        Unsealed(byte[] content) {
            this.content = content;
        }

        @Override
        public int length() {
            return content.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(content).asReadOnlyBuffer();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }
}
