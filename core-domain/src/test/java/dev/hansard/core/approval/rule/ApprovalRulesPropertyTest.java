// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import static dev.hansard.core.approval.rule.AnApproval.NOON;
import static dev.hansard.core.approval.rule.AnApproval.reviewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.approval.rule.People.Account;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Whatever people try, in whatever order: a much simpler reading of what was taken comes to the same. */
class ApprovalRulesPropertyTest {
    private static final Caller REQUESTER = new Caller("corp", "p0", List.of("g0", "g1"));
    private static final Instant END = NOON.plus(Duration.ofMinutes(15));
    /** p1 has two accounts. */
    private static final ApprovalRules RULES = new ApprovalRules(
            new People(Set.of(), List.of(Set.of(new Account("corp", "p1"), new Account("saml", "p1"))), List.of()));

    /** One attempt of a person. */
    record Attempt(String provider, int person, Set<String> groups, boolean denies, long afterSeconds) {
        Access access() {
            return reviewer(new Caller(provider, "p" + person, List.copyOf(groups)));
        }

        /** p1 is one person; the others have an account at each provider by chance. */
        String name() {
            return person == 1 ? "p1" : provider + "/p" + person;
        }
    }

    @Provide
    Arbitrary<List<Attempt>> histories() {
        return attempts().list().ofMaxSize(12);
    }

    private static Arbitrary<Attempt> attempts() {
        return Combinators.combine(
                        Arbitraries.of("corp", "saml"),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of("g0", "g1").set(),
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true))),
                        Arbitraries.longs().between(0, 1_000))
                .as(Attempt::new);
    }

    @Property(tries = 2_000)
    void comesToWhatASimplerReadingComesTo(
            @ForAll("histories") List<Attempt> history,
            @ForAll @IntRange(min = 1, max = 3) int first,
            @ForAll @IntRange(min = 1, max = 2) int second) {
        Approval approval = AnApproval.askedBy(
                REQUESTER, new Requirement("a", List.of("g0"), first), new Requirement("b", List.of("g1"), second));
        var forFirst = new HashSet<String>();
        var forSecond = new HashSet<String>();
        ApprovalState expected = ApprovalState.PENDING;
        for (Attempt attempt : history) {
            Instant now = NOON.plusSeconds(attempt.afterSeconds());
            Vote.Verdict verdict = attempt.denies() ? Vote.Verdict.DENY : Vote.Verdict.APPROVE;
            boolean isTaken = RULES.objection(approval, attempt.access(), verdict, now) == null;
            boolean isRequester = attempt.person() == 0 && attempt.provider().equals("corp");
            boolean mayDecide = !isRequester && !attempt.groups().isEmpty() && expected.isOpen() && now.isBefore(END);
            assertThat(isTaken).isEqualTo(mayDecide);
            if (!isTaken) {
                continue;
            }
            Caller who = attempt.access().who();
            approval = RULES.with(
                    approval,
                    new Vote(
                            who.provider(),
                            who.subject(),
                            verdict,
                            "",
                            now,
                            RULES.reviewedPolicies(approval, attempt.access())));
            if (attempt.denies()) {
                expected = ApprovalState.DENIED;
            } else {
                if (attempt.groups().contains("g0")) {
                    forFirst.add(attempt.name());
                }
                if (attempt.groups().contains("g1")) {
                    forSecond.add(attempt.name());
                }
                expected = forFirst.size() >= first && forSecond.size() >= second
                        ? ApprovalState.APPROVED
                        : ApprovalState.PENDING;
            }
            assertThat(approval.state()).isEqualTo(expected);
        }
    }
}
