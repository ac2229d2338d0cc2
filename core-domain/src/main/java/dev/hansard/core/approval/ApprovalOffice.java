// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.approval.rule.ApprovalRules;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.approval.ApprovalQuery;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where people decide. Safe for any number of threads. */
public final class ApprovalOffice implements ApprovalDesk {
    private static final Refusal NONE = new Refusal(404, "no_approval", "There is no such approval.");

    private final ApprovalBook book;
    private final ApprovalRules rules;
    private final Auditor auditor;
    private final InstantSource wall;

    public ApprovalOffice(ApprovalBook book, People people, Auditor auditor, InstantSource wall) {
        this.book = book;
        this.rules = new ApprovalRules(people);
        this.auditor = auditor;
        this.wall = wall;
    }

    @Override
    public List<Approval> list(Visitor visitor, Set<ApprovalState> states, @Nullable ApprovalId before, int limit) {
        Scope scope = scope(visitor);
        return book.store().list(new ApprovalQuery(states, scope, before, limit)).stream()
                .map(ApprovalCodec::approval)
                .map(Approval::withoutContent)
                .toList();
    }

    /** Whoever may see sessions may see that a request waits. */
    private Scope scope(Visitor visitor) {
        Access access = visitor.access();
        if (!access.may(Permission.DECIDE_APPROVALS)) {
            auditor.require(visitor, Permission.SEE_SESSIONS, "approvals");
        }
        return access.scope(Permission.DECIDE_APPROVALS).and(access.scope(Permission.SEE_SESSIONS));
    }

    @Override
    public @Nullable Approval show(Visitor visitor, ApprovalId id) {
        Approval approval = visible(visitor, id);
        if (approval == null) {
            return null;
        }
        ServiceName service = approval.request().service();
        Access access = visitor.access();
        boolean mayRead = access.scope(Permission.DECIDE_APPROVALS).contains(service)
                || access.scope(Permission.READ_PAYLOADS).contains(service);
        if (!mayRead) {
            return approval.withoutContent();
        }
        auditor.does(
                visitor,
                AuditAction.APPROVAL_READ,
                id.toString(),
                approval.place().session());
        return approval;
    }

    private @Nullable Approval visible(Visitor visitor, ApprovalId id) {
        Scope scope = scope(visitor);
        Approval approval = book.find(id);
        return approval == null || !scope.contains(approval.request().service()) ? null : approval;
    }

    @Override
    public @Nullable Refusal objection(Visitor visitor, Approval approval) {
        return rules.objection(approval, visitor.access(), Vote.Verdict.APPROVE, wall.instant());
    }

    @Override
    public Approval decide(Visitor visitor, ApprovalId id, Vote.Verdict verdict, String comment, String digest) {
        if (verdict == Vote.Verdict.DENY && comment.isBlank()) {
            throw auditor.refused(
                    visitor,
                    id.toString(),
                    new Refusal(400, "comment_required", "Say why you deny it: the caller is told."));
        }
        Approval approval = visible(visitor, id);
        if (approval == null) {
            throw auditor.refused(visitor, id.toString(), NONE);
        }
        Approval decided = book.change(id, before -> next(visitor, before, verdict, comment, digest));
        return decided == null ? approval : decided;
    }

    /** The approval with one more vote; null when it says nothing new. */
    private @Nullable Approval next(
            Visitor visitor, Approval before, Vote.Verdict verdict, String comment, String digest) {
        Instant now = wall.instant();
        Caller who = visitor.access().who();
        Vote last = rules.lastVote(before, who);
        if (last != null && last.verdict() == verdict) {
            return null;
        }
        Refusal objection = rules.objection(before, visitor.access(), verdict, now);
        if (objection == null && !before.digest().equals(digest)) {
            objection = new Refusal(
                    409, "approval_changed", "This is not the request that you looked at; look at it again.");
        }
        if (objection != null) {
            throw auditor.refused(visitor, before.id().toString(), objection);
        }
        AuditAction action = verdict == Vote.Verdict.APPROVE ? AuditAction.APPROVAL_GIVEN : AuditAction.APPROVAL_DENIED;
        auditor.does(visitor, action, before.id().toString(), before.place().session());
        var vote = new Vote(
                who.provider(), who.subject(), verdict, comment, now, rules.reviewedPolicies(before, visitor.access()));
        return rules.with(before, vote);
    }
}
