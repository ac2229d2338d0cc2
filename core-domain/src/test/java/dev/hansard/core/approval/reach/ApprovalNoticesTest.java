// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import static dev.hansard.core.approval.reach.Offices.lead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.notify.Notice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalNoticesTest {
    private final Offices offices = new Offices();
    private final List<Notice> told = new ArrayList<>();
    private final ApprovalNotices notices = new ApprovalNotices(
            told::add, approval -> "https://hansard.test/approve/" + Offices.KEY.link(approval), offices.clock::get);

    private List<String> types() {
        return told.stream().map(Notice::type).toList();
    }

    private Approval decide(Approval asked, String who, Vote.Verdict verdict) {
        return offices.office.decide(lead(who), asked.id(), verdict, "because \"so\"", asked.digest());
    }

    @Test
    void asksOnceMoreWithAnotherLinkWhileMoreAreNeeded() {
        Approval asked = offices.waiting(2);
        offices.book.watch(notices);

        notices.changed(null, asked);
        Approval once = decide(asked, "ann", Vote.Verdict.APPROVE);
        decide(asked, "bob", Vote.Verdict.APPROVE);

        assertThat(types()).containsExactly("approval.requested", "approval.requested", "approval.decided");
        assertThat(told.get(0).data()).contains("\"needed\":2", "\"given\":0", Offices.KEY.link(asked));
        assertThat(told.get(1).data())
                .contains("\"given\":1", "\"decidedBy\":\"corp/ann\"", Offices.KEY.link(once))
                .doesNotContain(Offices.KEY.link(asked));
        assertThat(told.get(2).data())
                .contains("\"state\":\"approved\"", "\"verdict\":\"approve\"")
                .doesNotContain("\"link\"");
    }

    @Test
    void saysWhoDeniedAndWhy() {
        Approval asked = offices.waiting(2);
        offices.book.watch(notices);

        decide(asked, "ann", Vote.Verdict.DENY);

        assertThat(types()).containsExactly("approval.decided");
        assertThat(told.getFirst().data())
                .contains("\"state\":\"denied\"", "\"verdict\":\"deny\"", "\"comment\":\"because \\\"so\\\"\"");
    }

    @Test
    void saysWhatIsOverAndNothingOfOtherSteps() {
        Approval asked = offices.waiting(1);
        Approval left = asked.at(asked.place().left());

        notices.changed(asked, left);
        notices.changed(left, left.to(ApprovalState.EXPIRED, "Nobody decided in time."));
        notices.changed(left, left.to(ApprovalState.WITHDRAWN, "The caller went away."));
        notices.changed(left, left.to(ApprovalState.USED, ""));

        assertThat(types()).containsExactly("approval.expired", "approval.withdrawn");
        assertThat(told.getFirst().data()).contains("\"reason\":\"Nobody decided in time.\"");
    }

    @Test
    void hasNoLinkWhereNobodyCanFollowOne() {
        new ApprovalNotices(told::add, _ -> null, offices.clock::get).changed(null, offices.waiting(1));

        assertThat(told.getFirst().data()).doesNotContain("link").contains("\"digest\":\"digest\"");
    }
}
