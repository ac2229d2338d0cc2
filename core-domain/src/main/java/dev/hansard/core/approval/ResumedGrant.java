// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.core.approval.digest.RequestDigest;
import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.exchange.CallerWatch;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;

/**
 * Lets one request go on that was approved while nobody was connected: if it is still exactly that request, and once.
 * Owned by the thread that sends it.
 */
final class ResumedGrant implements Holding {
    private final ApprovalBook book;
    private final ApprovalId id;
    private final DigestKey key;
    private final Stamps stamps;
    private boolean used;
    private String reason = SendProof.MISMATCH.detail();

    ResumedGrant(ApprovalBook book, ApprovalId id, DigestKey key, Stamps stamps) {
        this.book = book;
        this.id = id;
        this.key = key;
        this.stamps = stamps;
    }

    /** Whether the approval is used up, so that the request may have been sent. */
    boolean isUsed() {
        return used;
    }

    /** Why it was not. */
    String reason() {
        return reason;
    }

    @Override
    public Verdict ask(HeldCall held, CallerWatch caller) {
        long length = held.body() == null ? 0 : held.body().length();
        String digest = RequestDigest.of(key, held.bound(), held.sent(), length, MaskedView.digest(held));
        try {
            Approval approval = book.find(id);
            if (approval == null || !approval.digest().equals(digest)) {
                return new Stopped(SendProof.MISMATCH, id);
            }
            Approval next = book.change(id, before -> HoldingRoom.used(before, held.session(), stamps.now()));
            if (next == null) {
                reason = "It was decided otherwise, or too late.";
                return new Stopped(SendProof.MISMATCH, id);
            }
            used = next.state() == ApprovalState.USED;
            return new Granted(id, new SendProof.Terms(key, digest, held.facts(), book::mismatched));
        } catch (StorageException e) {
            // Whether it is used is not known, so that it must not be sent.
            reason = "Whether it was still approved could not be told: " + e.getMessage();
            return new Stopped(ApprovalAnswers.UNAVAILABLE, id);
        }
    }
}
