// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide on an approval, and what their decisions come to. Pure: the same history always comes to the same.
 *
 * <p>Distinct people are counted by {@link People}, not accounts; each policy that asks needs as many of its own
 * reviewers as it says. Whoever made the request, acts for whoever did, or owns that identity decides nothing. One
 * denial ends it, also after enough have approved, as long as the request was not sent; and it ends what still stands.
 *
 * @param people who is who
 */
public record ApprovalRules(People people) {
    /** Why somebody may not decide like that; null when they may. */
    @Nullable
    public Refusal objection(Approval approval, Access access, Vote.Verdict verdict, Instant now) {
        Caller who = access.who();
        boolean takesBack = verdict == Vote.Verdict.DENY && approval.standsAt(now);
        if (!takesBack && !isOpen(approval, now)) {
            return new Refusal(
                    409,
                    "approval_closed",
                    "This approval is " + approval.state().word() + ", so that there is nothing left to decide.");
        }
        if (!people.isPerson(who)) {
            return new Refusal(
                    403, "not_a_person", "Requests are decided on by people who sign in, not by keys or services.");
        }
        if (people.isBehind(approval.request().caller(), who)) {
            return new Refusal(
                    403,
                    "own_request",
                    "You made this request or own the identity that did; somebody else has to decide on it.");
        }
        if (reviewedPolicies(approval, access).isEmpty()) {
            return new Refusal(
                    403,
                    "not_a_reviewer",
                    "This needs somebody whose role lets them decide on approvals of the service, and who is one of the"
                            + " reviewers that the policy names.");
        }
        Vote before = lastVote(approval, who);
        boolean isDecided = before != null && before.verdict() == Vote.Verdict.DENY;
        return isDecided ? new Refusal(409, "already_decided", "You have decided on this request.") : null;
    }

    /** The policies that take somebody for a reviewer. */
    public List<String> reviewedPolicies(Approval approval, Access access) {
        ServiceName service = approval.request().service();
        if (!access.scope(Permission.DECIDE_APPROVALS).contains(service)) {
            return List.of();
        }
        return approval.requirements().stream()
                .filter(requirement -> isReviewer(requirement, access, service))
                .map(Requirement::policy)
                .toList();
    }

    private static boolean isReviewer(Requirement requirement, Access access, ServiceName service) {
        List<String> reviewers = requirement.reviewers();
        if (reviewers.isEmpty() || access.who().groups().stream().anyMatch(reviewers::contains)) {
            return true;
        }
        return access.grants().stream()
                .anyMatch(grant ->
                        reviewers.contains(grant.role()) && grant.scope().contains(service));
    }

    /** What somebody decided before, with whichever account; null when nothing. */
    @Nullable
    public Vote lastVote(Approval approval, Caller who) {
        People.Account person = people.person(People.Account.of(who));
        return approval.votes().reversed().stream()
                .filter(vote -> person.equals(personOf(vote)))
                .findFirst()
                .orElse(null);
    }

    private People.Account personOf(Vote vote) {
        return people.person(new People.Account(vote.provider(), vote.subject()));
    }

    /** The approval after a vote that nothing was to be said against. */
    public Approval with(Approval approval, Vote vote) {
        if (vote.verdict() == Vote.Verdict.DENY) {
            if (approval.state().isOpen()) {
                return approval.voted(vote, ApprovalState.DENIED);
            }
            return approval.voted(vote, approval.state()).notStanding();
        }
        Approval voted = approval.voted(vote, approval.state());
        return isSatisfied(voted) ? approval.voted(vote, ApprovalState.APPROVED) : voted;
    }

    /** Whether each policy has as many distinct reviewers for it as it asks for, and nobody is against it. */
    public boolean isSatisfied(Approval approval) {
        boolean isDenied = approval.votes().stream().anyMatch(vote -> vote.verdict() == Vote.Verdict.DENY);
        return !isDenied
                && !approval.requirements().isEmpty()
                && approval.requirements().stream()
                        .allMatch(requirement -> approvers(approval, requirement) >= requirement.count());
    }

    private long approvers(Approval approval, Requirement requirement) {
        return approval.votes().stream()
                .filter(vote -> vote.verdict() == Vote.Verdict.APPROVE
                        && vote.policies().contains(requirement.policy()))
                .map(this::personOf)
                .distinct()
                .count();
    }

    /** Whether it can still be decided, or used. */
    public static boolean isOpen(Approval approval, Instant now) {
        return approval.state().isOpen() && now.isBefore(approval.term().expiresAt());
    }
}
