// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import static dev.hansard.core.approval.rule.AnApproval.BILLING;
import static dev.hansard.core.approval.rule.AnApproval.NOON;
import static dev.hansard.core.approval.rule.AnApproval.reviewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.approval.rule.People.Account;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApprovalRulesTest {
    private static final Requirement TWO_LEADS = new Requirement("big-refunds", List.of("leads"), 2);
    private static final Requirement ANYBODY = new Requirement("writes", List.of(), 1);
    private static final ApprovalRules RULES = new ApprovalRules(new People(
            Set.of("corp", "saml"),
            List.of(Set.of(new Account("corp", "ann"), new Account("saml", "ANN"))),
            List.of(new People.Owner(new CallerPattern("bill*"), List.of(new CallerPattern("olga"))))));

    private static @Nullable String codeOf(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }

    private static @Nullable String objection(Approval approval, Access access) {
        return codeOf(RULES.objection(approval, access, Vote.Verdict.APPROVE, NOON));
    }

    private static Approval decided(Approval approval, Access access, Vote.Verdict verdict) {
        assertThat(RULES.objection(approval, access, verdict, NOON)).isNull();
        var vote = new Vote(
                access.who().provider(),
                access.who().subject(),
                verdict,
                "because",
                NOON,
                RULES.reviewedPolicies(approval, access));
        return RULES.with(approval, vote);
    }

    private static Approval approved(Approval approval, Access access) {
        return decided(approval, access, Vote.Verdict.APPROVE);
    }

    @Test
    void needsAsManyDistinctPeopleAsThePolicySays() {
        Approval asked = AnApproval.askedFor(TWO_LEADS);

        Approval one = approved(asked, reviewer("ann", "leads"));
        Approval two = approved(one, reviewer("bob", "leads"));

        assertThat(one.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(two.state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(two.version()).isEqualTo(3);
    }

    @Test
    void countsTwoAccountsOfAPersonOnce() {
        Approval one = approved(AnApproval.askedFor(TWO_LEADS), reviewer("ann", "leads"));

        Approval again = approved(one, reviewer(new Caller("saml", "ANN", List.of("leads"))));

        assertThat(again.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(RULES.lastVote(one, new Caller("saml", "ANN", List.of()))).isNotNull();
    }

    @Test
    void givesEachPolicyItsOwnReviewers() {
        Approval asked = AnApproval.askedFor(TWO_LEADS, new Requirement("pci", List.of("security"), 1));

        Approval leads = approved(approved(asked, reviewer("ann", "leads")), reviewer("bob", "leads"));
        Approval all = approved(leads, reviewer("sue", "security"));

        assertThat(leads.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(all.state()).isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void takesARoleForAReviewer() {
        Approval asked = AnApproval.askedFor(new Requirement("p", List.of("reviewer"), 1));

        assertThat(approved(asked, reviewer("ann")).state()).isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void refusesWhoIsNoReviewer() {
        Access withoutRole = new Access(new Caller("corp", "ann", List.of("leads")), Map.of(), List.of());

        assertThat(objection(AnApproval.askedFor(TWO_LEADS), reviewer("ann", "others")))
                .isEqualTo("not_a_reviewer");
        assertThat(objection(AnApproval.askedFor(ANYBODY), withoutRole)).isEqualTo("not_a_reviewer");
    }

    @Test
    void refusesWhoeverIsBehindTheRequest() {
        Approval byAnn = AnApproval.askedBy(new Caller("corp", "ann", List.of()), ANYBODY);
        Approval forAnn = AnApproval.askedBy(new Caller("workloads", "x", List.of(), List.of("ann")), ANYBODY);
        Approval byBilling = AnApproval.askedBy(BILLING, ANYBODY);

        assertThat(objection(byAnn, reviewer("ann"))).isEqualTo("own_request");
        assertThat(objection(byAnn, reviewer(new Caller("saml", "ANN", List.of()))))
                .isEqualTo("own_request");
        assertThat(objection(forAnn, reviewer("ann"))).isEqualTo("own_request");
        assertThat(objection(byBilling, reviewer("olga"))).isEqualTo("own_request");
        assertThat(objection(byBilling, reviewer("ann"))).isNull();
    }

    @Test
    void refusesKeysAndServices() {
        Approval asked = AnApproval.askedFor(ANYBODY);

        assertThat(objection(asked, reviewer(new Caller("corp", "key:ci", List.of()))))
                .isEqualTo("not_a_person");
        assertThat(objection(asked, reviewer(new Caller("workloads", "robot", List.of()))))
                .isEqualTo("not_a_person");
    }

    @Test
    void letsADenialWinAlsoAfterEnoughHaveApproved() {
        Approval approved = approved(AnApproval.askedFor(ANYBODY), reviewer("ann"));

        Approval denied = decided(approved, reviewer("bob"), Vote.Verdict.DENY);

        assertThat(denied.state()).isEqualTo(ApprovalState.DENIED);
        assertThat(objection(denied, reviewer("sue"))).isEqualTo("approval_closed");
    }

    @Test
    void decidesNothingOnceItIsOver() {
        Approval asked = AnApproval.askedFor(ANYBODY);
        Instant end = NOON.plus(Duration.ofMinutes(15));

        assertThat(RULES.objection(asked, reviewer("ann"), Vote.Verdict.APPROVE, end.minusNanos(1)))
                .isNull();
        assertThat(codeOf(RULES.objection(asked, reviewer("ann"), Vote.Verdict.APPROVE, end)))
                .isEqualTo("approval_closed");
    }

    @Test
    void takesBackWhatStands() {
        Approval asked = AnApproval.askedFor(ANYBODY);
        var window = new Approval.Term(NOON, NOON.plusSeconds(60), 3_600, null, NOON);
        Approval used = new Approval(
                        asked.id(),
                        1,
                        ApprovalState.USED,
                        asked.request(),
                        "",
                        asked.requirements(),
                        "v1",
                        "digest",
                        List.of(),
                        window,
                        asked.place(),
                        "")
                .usedAt(NOON, null);

        Approval ended = decided(used, reviewer("bob"), Vote.Verdict.DENY);

        assertThat(used.standsAt(NOON.plusSeconds(3_599))).isTrue();
        assertThat(used.standsAt(NOON.plusSeconds(3_600))).isFalse();
        assertThat(ended.state()).isEqualTo(ApprovalState.USED);
        assertThat(ended.standsAt(NOON)).isFalse();
        assertThat(ended.version()).isEqualTo(2);
    }
}
