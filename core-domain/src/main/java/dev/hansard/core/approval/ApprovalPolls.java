// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.seal.SealedCodec;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers what became of their requests, and hands each response out once. Any node says how far an approval is;
 * the response is at the node that sent the request. Nobody learns whether an approval of another caller exists. Safe
 * for any number of threads.
 */
public final class ApprovalPolls {
    private static final Refusal READ_ONLY = new Refusal(
            405, "method_not_allowed", "Approvals are asked for with GET.", List.of(new Field("Allow", "GET")));
    private static final String SENDING = "sending";

    private final ApprovalBook book;
    private final ApprovalVault vault;
    private final NodeName node;
    /** Requests that this node sends now. */
    private final Set<ApprovalId> underWay = ConcurrentHashMap.newKeySet();

    public ApprovalPolls(ApprovalBook book, ApprovalVault vault, NodeName node) {
        this.book = book;
        this.vault = vault;
        this.node = node;
    }

    /** Notes that a request is sent; false when it is already. */
    boolean begin(ApprovalId id) {
        return underWay.add(id);
    }

    void end(ApprovalId id) {
        underWay.remove(id);
    }

    Admission poll(Caller caller, String method, String id) {
        if (!method.equals("GET")) {
            return refused(READ_ONLY);
        }
        try {
            return polled(caller, ApprovalId.parse(id));
        } catch (InvalidValueException _) {
            return refused(ApprovalAnswers.NONE);
        } catch (StorageException _) {
            return refused(ApprovalAnswers.UNAVAILABLE);
        }
    }

    private static Admission refused(Refusal refusal) {
        return new Admission.Refused(refusal, null);
    }

    private Admission polled(Caller caller, ApprovalId id) {
        // Before the approval is read: what has ended since then has left its response.
        boolean isUnderWay = underWay.contains(id);
        Approval approval = book.find(id);
        if (approval == null || !isOf(caller, approval)) {
            return refused(ApprovalAnswers.NONE);
        }
        return switch (approval.state()) {
            case PENDING, APPROVED ->
                new Admission.Told(
                        ApprovalAnswers.waiting(approval, approval.state().word(), false));
            case DENIED, EXPIRED, WITHDRAWN -> refused(ApprovalAnswers.stopped(approval, false));
            case COLLECTED -> refused(gone(approval));
            case USED -> response(caller, approval, isUnderWay);
        };
    }

    private static boolean isOf(Caller caller, Approval approval) {
        Caller asker = approval.request().caller();
        return asker.provider().equals(caller.provider())
                && asker.subject().equals(caller.subject())
                && asker.actors().equals(caller.actors());
    }

    private Admission response(Caller caller, Approval approval, boolean isUnderWay) {
        if (!approval.place().polled()) {
            return refused(gone(approval));
        }
        if (!approval.place().node().equals(node)) {
            return refused(elsewhere(approval.place().node()));
        }
        if (isUnderWay) {
            return new Admission.Told(ApprovalAnswers.waiting(approval, SENDING, false));
        }
        return vault.has(approval.id(), ApprovalVault.Part.RESPONSE)
                ? collected(caller, approval)
                : refused(lost(approval));
    }

    /** First it is noted that the caller has it, so that nobody gets it twice. */
    private Admission collected(Caller caller, Approval approval) {
        ByteBuffer sealed = vault.open(approval.id(), ApprovalVault.Part.RESPONSE);
        Approval collected = book.change(
                approval.id(),
                before -> before.state() == ApprovalState.USED ? before.to(ApprovalState.COLLECTED, "") : null);
        if (collected == null || sealed == null) {
            return refused(gone(approval));
        }
        book.auditor()
                .caller(
                        caller,
                        "",
                        AuditAction.APPROVAL_COLLECTED,
                        approval.id().toString(),
                        record(approval));
        vault.destroy(approval.id(), ApprovalVault.Part.RESPONSE);
        return new Admission.Collected(SealedCodec.response(approval.id(), sealed), record(approval));
    }

    private static SessionId record(Approval approval) {
        @Nullable SessionId sent = approval.place().sentAs();
        return Objects.requireNonNullElse(sent, approval.place().session());
    }

    private static Refusal gone(Approval approval) {
        return new Refusal(
                410,
                "approval_collected",
                "The response was handed out before; session " + record(approval) + " is its record.");
    }

    private static Refusal lost(Approval approval) {
        return new Refusal(
                502,
                "approval_response_lost",
                "The request was sent, but there is no response to hand out: it did not come, was too long to keep, or"
                        + " was kept for longer than it is; session " + record(approval) + " is its record.");
    }

    private static Refusal elsewhere(NodeName other) {
        return new Refusal(
                503,
                "approval_elsewhere",
                "The response is kept by node " + other + "; ask there, or again in case it comes to that node.",
                List.of(new Field("Retry-After", "1"), new Field("Hansard-Node", other.value())));
    }
}
