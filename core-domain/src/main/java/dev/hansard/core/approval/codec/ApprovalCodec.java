// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.codec;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Approvals as documents of a store. The first text names the layout; a store may hold documents of older ones. */
public final class ApprovalCodec {
    private static final String LAYOUT = "approval-1";

    private ApprovalCodec() {}

    public static StoredApproval stored(Approval approval) {
        Caller caller = approval.request().caller();
        return new StoredApproval(
                approval.id(),
                approval.version(),
                approval.state(),
                approval.request().service(),
                approval.place().node(),
                caller.provider(),
                caller.subject(),
                approval.term().expiresAt(),
                approval.term().standsUntil(),
                approval.term().keepUntil(),
                document(approval));
    }

    private static ByteBuffer document(Approval approval) {
        var packer = new Packer();
        packer.text(LAYOUT)
                .text(approval.id().toString())
                .number(approval.version())
                .text(approval.state().name());
        request(packer, approval.request());
        packer.text(approval.message())
                .list(
                        approval.requirements(),
                        requirement -> packer.text(requirement.policy())
                                .texts(requirement.reviewers())
                                .number(requirement.count()))
                .text(approval.policyVersion())
                .text(approval.digest())
                .list(approval.votes(), vote -> vote(packer, vote));
        term(packer, approval.term());
        place(packer, approval.place());
        return packer.text(approval.reason()).packed();
    }

    private static void request(Packer packer, AskedRequest request) {
        packer.text(request.service().value());
        caller(packer, request.caller());
        packer.text(request.listener())
                .text(request.method())
                .text(request.authority())
                .text(request.target())
                .list(request.headers(), field -> packer.text(field.name()).text(field.value()))
                .number(request.bodyBytes())
                .bytes(request.body())
                .text(request.maskStatus().name())
                .nullableText(request.maskReason())
                .texts(request.upstreams());
    }

    public static void caller(Packer packer, Caller caller) {
        packer.text(caller.provider())
                .text(caller.subject())
                .texts(caller.groups())
                .texts(caller.actors());
    }

    public static Caller caller(Unpacker in) {
        return new Caller(in.text(), in.text(), in.texts(), in.texts());
    }

    private static void vote(Packer packer, Vote vote) {
        packer.text(vote.provider())
                .text(vote.subject())
                .text(vote.verdict().name())
                .text(vote.comment())
                .instant(vote.at())
                .texts(vote.policies());
    }

    private static void term(Packer packer, Approval.Term term) {
        packer.instant(term.createdAt())
                .instant(term.expiresAt())
                .number(term.windowSeconds())
                .nullableInstant(term.standsUntil())
                .instant(term.keepUntil());
    }

    private static void place(Packer packer, Approval.Place place) {
        packer.text(place.node().value())
                .flag(place.polled())
                .text(place.session().toString())
                .nullableText(place.sentAs() == null ? null : place.sentAs().toString());
    }

    /**
     * Reads one.
     *
     * @throws dev.hansard.ports.session.StorageException when it is not what was stored
     */
    public static Approval approval(StoredApproval stored) {
        return Unpacker.read(stored.document(), "approval " + stored.id(), in -> {
            if (!in.text().equals(LAYOUT)) {
                throw new IllegalArgumentException("a newer layout");
            }
            return approval(in);
        });
    }

    private static Approval approval(Unpacker in) {
        return new Approval(
                ApprovalId.parse(in.text()),
                in.number(),
                ApprovalState.valueOf(in.text()),
                request(in),
                in.text(),
                in.list(() -> new Requirement(in.text(), in.texts(), (int) in.number())),
                in.text(),
                in.text(),
                in.list(() -> vote(in)),
                new Approval.Term(in.instant(), in.instant(), in.number(), in.nullableInstant(), in.instant()),
                new Approval.Place(new NodeName(in.text()), in.flag(), SessionId.parse(in.text()), session(in)),
                in.text());
    }

    private static @Nullable SessionId session(Unpacker in) {
        String text = in.nullableText();
        return text == null ? null : SessionId.parse(text);
    }

    private static AskedRequest request(Unpacker in) {
        return new AskedRequest(
                new ServiceName(in.text()),
                caller(in),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.list(() -> new Field(in.text(), in.text())),
                in.number(),
                in.bytes(),
                MaskStatus.valueOf(in.text()),
                in.nullableText(),
                in.texts());
    }

    private static Vote vote(Unpacker in) {
        return new Vote(in.text(), in.text(), Vote.Verdict.valueOf(in.text()), in.text(), in.instant(), in.texts());
    }
}
