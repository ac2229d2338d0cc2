// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.NodeName;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What people see of a request that waits: masked like its record, but as it will be sent. Safe for any number of
 * threads.
 */
public final class MaskedView {
    private static final RecordedMessage NO_RESPONSE =
            new RecordedMessage(List.of(), List.of(), 0, 0, null, false, Masking.CLEAN);

    private final NodeName node;
    private final Function<RawExchange, MaskedExchange> masking;
    private final UnaryOperator<Session> classified;
    private final Function<Session, Duration> kept;

    /**
     * A view of requests at a node.
     *
     * @param masking how records are masked
     * @param classified gives a session its retention class
     * @param kept how long a session of a class is kept
     */
    public MaskedView(
            NodeName node,
            Function<RawExchange, MaskedExchange> masking,
            UnaryOperator<Session> classified,
            Function<Session, Duration> kept) {
        this.node = node;
        this.masking = masking;
        this.classified = classified;
        this.kept = kept;
    }

    AskedRequest of(HeldCall held, Instant now) {
        List<ByteBuffer> content =
                held.body() == null ? List.of() : List.of(held.body().bytes());
        MaskedExchange masked = masking.apply(new RawExchange(session(held, now), content, List.of()));
        Session session = masked.session();
        RecordedMessage request = session.request();
        return new AskedRequest(
                session.service(),
                session.caller(),
                session.listener(),
                session.method(),
                session.host(),
                session.target(),
                request.headers(),
                request.bodyBytes(),
                beginning(masked.requestBody()),
                request.maskStatus(),
                request.masking().reason(),
                held.bound().upstreams());
    }

    /** How long the record of a request is kept, and so its approval. */
    Duration kept(HeldCall held, Instant now) {
        return kept.apply(classified.apply(session(held, now)));
    }

    private static ByteBuffer beginning(List<ByteBuffer> body) {
        long all = body.stream().mapToLong(ByteBuffer::remaining).sum();
        ByteBuffer beginning = ByteBuffer.allocate((int) Math.min(all, AskedRequest.MOST_BODY_BYTES));
        for (ByteBuffer part : body) {
            int count = Math.min(part.remaining(), beginning.remaining());
            beginning.put(part.slice(part.position(), count));
        }
        return beginning.flip();
    }

    private Session session(HeldCall held, Instant now) {
        long length = held.body() == null ? 0 : held.body().length();
        var request = new RecordedMessage(
                held.sent().fields(), List.of(), length, length, sha256(held), false, Masking.CLEAN);
        return new Session(
                held.session(),
                held.service().name(),
                node,
                held.bound().listener(),
                now,
                0,
                SessionState.INCOMPLETE,
                Ending.UNKNOWN,
                null,
                held.service().recording().durability(),
                held.service().retention(),
                held.bound().caller(),
                held.received().callerAddress(),
                held.sent().method(),
                held.sent().target(),
                held.bound().authority(),
                held.sent().target(),
                request,
                Changes.NONE,
                null,
                0,
                "",
                NO_RESPONSE,
                Changes.NONE,
                new Timing(-1, -1, -1, 0),
                null,
                List.of(),
                held.decision());
    }

    private static String sha256(HeldCall held) {
        return HexFormat.of().formatHex(digest(held));
    }

    /** SHA-256 of the content. */
    static byte[] digest(HeldCall held) {
        MessageDigest digest = DigestKey.sha256();
        if (held.body() != null) {
            digest.update(held.body().bytes());
        }
        return digest.digest();
    }
}
