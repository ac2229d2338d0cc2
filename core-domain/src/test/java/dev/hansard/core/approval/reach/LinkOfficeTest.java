// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import static dev.hansard.core.approval.reach.Offices.code;
import static dev.hansard.core.approval.reach.Offices.lead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinkOfficeTest {
    private final Offices offices = new Offices();

    private Approval decide(Visitor who, String link, Vote.Verdict verdict) {
        return offices.links.decide(who, link, verdict, "because", "digest");
    }

    private ApprovalState state(Approval approval) {
        return Objects.requireNonNull(offices.book.find(approval.id())).state();
    }

    @Test
    void leadsToItsApprovalAndDecidesNothing() {
        Approval asked = offices.waiting(1);
        String link = Offices.KEY.link(asked);

        Approval shown = offices.links.open(lead("ann"), link);
        Approval again = offices.links.open(lead("ann"), link);

        assertThat(shown).isEqualTo(again).isEqualTo(asked);
        assertThat(state(asked)).isEqualTo(ApprovalState.PENDING);
        assertThat(offices.log.newest(Long.MAX_VALUE, 10))
                .extracting(entry -> entry.event().action())
                .containsOnly(AuditAction.APPROVAL_READ);
    }

    @Test
    void isGoodForOneDecision() {
        Approval asked = offices.waiting(2);
        String link = Offices.KEY.link(asked);

        Approval once = decide(lead("ann"), link, Vote.Verdict.APPROVE);

        assertThat(once.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(code(() -> decide(lead("ann"), link, Vote.Verdict.APPROVE))).isEqualTo("link_used");
        assertThat(code(() -> decide(lead("bob"), link, Vote.Verdict.DENY))).isEqualTo("link_used");
        assertThat(code(() -> offices.links.open(lead("bob"), link))).isEqualTo("link_used");
        assertThat(decide(lead("bob"), Offices.KEY.link(once), Vote.Verdict.APPROVE)
                        .state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void letsOneOfTwoAtTheSameTimeDecide() throws InterruptedException, ExecutionException {
        Approval asked = offices.waiting(3);
        String link = Offices.KEY.link(asked);
        List<Callable<String>> both = List.of(
                () -> code(() -> decide(lead("ann"), link, Vote.Verdict.APPROVE)),
                () -> code(() -> decide(lead("bob"), link, Vote.Verdict.APPROVE)));

        String outcome;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.invokeAll(both);
            outcome = done.get(0).get() + done.get(1).get();
        }

        assertThat(outcome).isEqualTo("link_used");
        assertThat(Objects.requireNonNull(offices.book.find(asked.id())).votes())
                .hasSize(1);
    }

    @Test
    void leadsNowhereOnceTheTimeIsOver() {
        Approval asked = offices.waiting(1);
        String link = Offices.KEY.link(asked);

        offices.pass(Duration.ofMinutes(15));

        assertThat(code(() -> offices.links.open(lead("ann"), link))).isEqualTo("link_expired");
        assertThat(code(() -> decide(lead("ann"), link, Vote.Verdict.APPROVE))).isEqualTo("link_expired");
        assertThat(state(asked)).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void givesNobodyARightThatTheyDoNotHave() {
        Approval asked = offices.waiting(1);
        String link = Offices.KEY.link(asked);
        var noLead = new Visitor(AnApproval.reviewer("eve", "shop"), "192.0.2.9", null);
        var requester = new Visitor(AnApproval.reviewer(AnApproval.BILLING), "192.0.2.9", null);
        var stranger =
                new Visitor(new Access(AnApproval.reviewer("mallory").who(), Map.of(), List.of()), "192.0.2.9", null);

        assertThat(code(() -> decide(noLead, link, Vote.Verdict.APPROVE))).isEqualTo("not_a_reviewer");
        assertThat(code(() -> decide(requester, link, Vote.Verdict.APPROVE))).isEqualTo("own_request");
        assertThat(code(() -> offices.links.open(stranger, link))).isEqualTo("not_allowed");
        assertThat(state(asked)).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void refusesADecisionOnAnotherDigest() {
        String link = Offices.KEY.link(offices.waiting(1));

        String code = code(() -> offices.links.decide(lead("ann"), link, Vote.Verdict.APPROVE, "", "another"));

        assertThat(code).isEqualTo("approval_changed");
    }

    @Test
    void refusesALinkOfAnotherKey() {
        Approval asked = offices.waiting(1);
        String link = LinkKey.of(Secret.of("another key")).link(asked);

        assertThat(code(() -> offices.links.open(lead("ann"), link))).isEqualTo("no_such_link");
    }

    @Property(tries = 600)
    void refusesALinkWithAnotherBit(@ForAll @IntRange(max = 487) int bit) {
        Approval asked = offices.book.find(AnApproval.askedFor().id()) == null
                ? offices.waiting(1)
                : Objects.requireNonNull(offices.book.find(AnApproval.askedFor().id()));
        byte[] bytes = Base64.getUrlDecoder().decode(Offices.KEY.link(asked));

        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        String tampered = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThat(code(() -> decide(lead("ann"), tampered, Vote.Verdict.APPROVE)))
                .isEqualTo("no_such_link");
    }

    @Property(tries = 300)
    void refusesWhatIsNoLink(@ForAll String text) {
        assertThat(code(() -> offices.links.open(lead("ann"), text))).isEqualTo("no_such_link");
    }

    @Test
    void hasOneSpelling() {
        String link = Offices.KEY.link(offices.waiting(1));
        char last = link.charAt(link.length() - 1);
        char sibling = (char) (last + 1);

        String other = link.substring(0, link.length() - 1) + sibling;

        assertThat(link).hasSize(82);
        assertThat(code(() -> offices.links.open(lead("ann"), other))).isEqualTo("no_such_link");
        assertThat(code(() -> offices.links.open(lead("ann"), link + "="))).isEqualTo("no_such_link");
    }
}
