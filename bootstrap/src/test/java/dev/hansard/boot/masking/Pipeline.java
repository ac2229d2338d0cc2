// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.wiring.ServiceMaskings;
import dev.hansard.core.masking.MaskingProgram;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The masking of one service with all that a node gives it. */
final class Pipeline {
    private static final ServiceName SERVICE = new ServiceName("payments");
    private static final int PIECE = 40;
    private static final int MAX_BYTES = 8 << 20;

    private final MaskingProgram program;

    private Pipeline(List<MaskRule> rules) {
        TokenKey key = TokenKey.of(Secret.of("a key that tests use"), SERVICE);
        var service = new ServiceMasking(rules, false, key, ServiceMaskings.tools(System::nanoTime), MAX_BYTES);
        program = new MaskingProgram(Map.of(SERVICE, service), service);
    }

    /** With the rules that are built in and nothing else. */
    static Pipeline ofBuiltInRules() {
        return new Pipeline(BuiltInRules.rules());
    }

    /** With the rules that are built in behind those of a configuration. */
    static Pipeline of(MaskRule... rules) {
        var all = new ArrayList<>(List.of(rules));
        all.addAll(BuiltInRules.rules());
        return new Pipeline(all);
    }

    /**
     * A body as it is recorded.
     *
     * @param text one char for each byte
     * @param withheld why it is; null where it is kept
     */
    record Recorded(String text, @Nullable String withheld) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        /** The same in UTF-8, for a body keeps the charset that it came in. */
        Recorded read(Charset charset) {
            byte[] utf8 = new String(bytes(), charset).getBytes(StandardCharsets.UTF_8);
            return new Recorded(new String(utf8, StandardCharsets.ISO_8859_1), withheld);
        }

        /** What is kept, or else {@code withheld: } and why. */
        String told() {
            return withheld == null ? new String(bytes(), StandardCharsets.UTF_8) : "withheld: " + withheld;
        }
    }

    Recorded mask(String contentType, String coding, byte[] content) {
        return mask(contentType, coding, content, List.of(ByteBuffer.wrap(content)));
    }

    /** Of a content that comes in pieces of any size. */
    Recorded mask(String contentType, String coding, byte[] content, Random cuts) {
        var pieces = new ArrayList<ByteBuffer>();
        for (int at = 0; at < content.length; ) {
            int longest = cuts.nextBoolean() ? PIECE : content.length;
            int length = Math.min(content.length - at, cuts.nextInt(1, longest + 1));
            ByteBuffer piece = cuts.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
            pieces.add(piece.put(content, at, length).flip());
            at += length;
        }
        return mask(contentType, coding, content, pieces);
    }

    /** Masks it as request and as response, which must be the same. */
    private Recorded mask(String contentType, String coding, byte[] content, List<ByteBuffer> pieces) {
        var headers = new ArrayList<Field>();
        if (!contentType.isEmpty()) {
            headers.add(new Field("Content-Type", contentType));
        }
        if (!coding.equals("identity")) {
            headers.add(new Field("Content-Encoding", coding));
        }
        // Of a real digest only the length matters here.
        String digest = content.length == 0 ? null : "ab".repeat(32);
        var message =
                new RecordedMessage(headers, List.of(), content.length, content.length, digest, false, Masking.CLEAN);

        MaskedExchange masked = program.mask(new RawExchange(session(message), pieces, pieces));

        Recorded request = recorded(masked.session().request(), masked.requestBody());
        assertThat(recorded(masked.session().response(), masked.responseBody())).isEqualTo(request);
        return request;
    }

    private static Recorded recorded(RecordedMessage message, List<ByteBuffer> body) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer part : body) {
            var copy = new byte[part.remaining()];
            part.duplicate().get(copy);
            bytes.writeBytes(copy);
        }
        boolean withheld = message.maskStatus() == MaskStatus.WITHHELD;
        assertThat(bytes.size()).isEqualTo((int) message.keptBytes());
        return new Recorded(
                bytes.toString(StandardCharsets.ISO_8859_1),
                withheld ? message.masking().reason() : null);
    }

    private static Session session(RecordedMessage message) {
        return new Session(
                SessionId.parse("ses_0190163d-8694-739b-aea5-966c26f8ad91"),
                SERVICE,
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
                "/pay",
                "payments",
                "/pay",
                message,
                Changes.NONE,
                null,
                200,
                "OK",
                message,
                Changes.NONE,
                Timing.NONE,
                null,
                List.of(),
                Decision.UNSAID);
    }
}
