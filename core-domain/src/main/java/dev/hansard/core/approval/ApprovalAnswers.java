// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.ApprovalId;
import java.util.ArrayList;
import java.util.List;

/** What callers are told about their approvals. */
final class ApprovalAnswers {
    static final Refusal UNAVAILABLE = new Refusal(
            503,
            "approval_unavailable",
            "This request needs an approval, and approvals cannot be stored now; try again later.",
            List.of(new Field("Retry-After", "5")));
    static final Refusal VAULT_FULL = new Refusal(
            503,
            "approval_vault_full",
            "This request needs an approval, and too many wait for one, of this caller or in all; try again later.",
            List.of(new Field("Retry-After", "30")));
    static final Refusal TOO_LARGE = new Refusal(
            431,
            "approval_too_large",
            "This request needs an approval, and its head is too large to be shown to people; send less.");
    static final Refusal NONE = new Refusal(404, "no_approval", "There is no such approval of yours.");

    private static final String LOCATION = "/.hansard/approvals/";
    private static final int RETRY_SECONDS = 5;
    private static final int ACCEPTED = 202;

    private ApprovalAnswers() {}

    /** Where to ask, and when. */
    private static List<Field> fields(ApprovalId id) {
        return List.of(new Field("Location", LOCATION + id), new Field("Retry-After", Integer.toString(RETRY_SECONDS)));
    }

    /**
     * That a request waits, or is under way.
     *
     * @param status a word of {@link dev.hansard.ports.approval.ApprovalState}, or {@code sending}
     */
    static OwnDesk.Reply waiting(Approval approval, String status, boolean preferenceApplied) {
        var fields = new ArrayList<>(fields(approval.id()));
        if (preferenceApplied) {
            fields.add(new Field("Preference-Applied", "respond-async"));
        }
        String content = "{\"id\":\"" + approval.id() + "\",\"status\":\"" + status + "\",\"expiresAt\":\""
                + approval.term().expiresAt() + "\"}\n";
        return new OwnDesk.Reply(ACCEPTED, "application/json", content, fields);
    }

    /** What the record of a request says whose caller does not wait. */
    static Refusal parked(Approval approval) {
        return new Refusal(
                ACCEPTED,
                "approval_pending",
                "The request waits for people to approve it; ask at Location what became of it.",
                fields(approval.id()));
    }

    /** That nothing was sent, and will not be. */
    static Refusal stopped(Approval approval, boolean onConnection) {
        return switch (approval.state()) {
            case DENIED -> new Refusal(403, "approval_denied", denied(approval));
            case EXPIRED ->
                new Refusal(
                        onConnection ? 504 : 403,
                        "approval_expired",
                        "Nobody approved this request in time; send it again if it is still wanted.");
            case WITHDRAWN ->
                approval.reason().equals(SendProof.MISMATCH.detail())
                        ? SendProof.MISMATCH
                        : new Refusal(409, "approval_withdrawn", "The request was not sent: " + approval.reason());
            case PENDING, APPROVED, USED, COLLECTED ->
                throw new IllegalStateException("an approval that is " + approval.state() + " stops nothing");
        };
    }

    private static String denied(Approval approval) {
        String comment = approval.votes().stream()
                .filter(vote -> vote.verdict() == Vote.Verdict.DENY)
                .map(Vote::comment)
                .findFirst()
                .orElse("");
        return "This request was denied" + (comment.isEmpty() ? "." : ": " + comment);
    }
}
