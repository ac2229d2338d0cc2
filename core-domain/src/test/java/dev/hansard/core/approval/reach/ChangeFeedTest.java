// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import static dev.hansard.core.approval.reach.Offices.code;
import static dev.hansard.core.approval.reach.Offices.lead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalFeed.News;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.InMemoryApprovalStore;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeFeedTest {
    private static final Duration NOW = Duration.ZERO;

    private final InMemoryApprovalStore store = new InMemoryApprovalStore();
    private final Offices here = new Offices(store);
    private final Offices elsewhere = new Offices(store);

    private void deny(Offices node, Approval asked) {
        node.office.decide(lead("ann"), asked.id(), Vote.Verdict.DENY, "no", asked.digest());
    }

    @Test
    void tellsAtOnceWhatThisNodeChanges() {
        Approval asked = here.waiting(1);
        long position = here.feed.position();
        CompletableFuture<News> waiting = CompletableFuture.supplyAsync(
                () -> here.feed.after(lead("bob"), position, Duration.ofSeconds(30)),
                Executors.newVirtualThreadPerTaskExecutor());

        deny(here, asked);
        News news = waiting.join();

        assertThat(news.changed()).extracting(Approval::state).containsExactly(ApprovalState.DENIED);
        assertThat(here.feed.after(lead("bob"), news.position(), NOW).changed()).isEmpty();
    }

    @Test
    void tellsWhatOtherNodesChangeAfterATick() {
        Approval asked = here.waiting(1);
        long position = here.feed.position();
        here.feed.tick();

        deny(elsewhere, asked);
        here.feed.tick();
        here.feed.tick();

        News news = here.feed.after(lead("bob"), position, NOW);
        assertThat(news.isComplete()).isTrue();
        assertThat(news.changed())
                .extracting(Approval::state)
                .containsExactly(ApprovalState.PENDING, ApprovalState.DENIED);
    }

    @Test
    void asksTheStoreOnlyWhileSomebodyWatches() {
        here.waiting(1);

        here.feed.tick();

        assertThat(here.feed.after(lead("bob"), 0, NOW).changed()).isEmpty();
    }

    @Test
    void tellsNobodyOfServicesThatTheyDoNotReach() {
        var other = new Scope.Only(Set.of(new ServiceName("other")));
        var who = AnApproval.reviewer("eve").who();
        var eve = new Visitor(new Access(who, Map.of(Permission.SEE_SESSIONS, other), List.of()), "192.0.2.1", null);
        var nobody = new Visitor(new Access(who, Map.of(), List.of()), "192.0.2.1", null);
        Approval asked = here.waiting(1);

        deny(here, asked);

        assertThat(here.feed.after(eve, 0, NOW)).isEqualTo(new News(List.of(), 1, true));
        assertThat(code(() -> here.feed.after(nobody, 0, NOW))).isEqualTo("not_allowed");
    }

    @Test
    void saysThatItHasForgottenWhatAReaderMissed() {
        Approval asked = here.waiting(1);
        for (int i = 0; i <= ChangeFeed.MOST; i++) {
            here.feed.changed(asked, asked);
        }

        assertThat(here.feed.after(lead("bob"), 0, NOW).isComplete()).isFalse();
        assertThat(here.feed.after(lead("bob"), 1, NOW).changed()).hasSize(ChangeFeed.MOST);
        assertThat(here.feed.after(lead("bob"), 9_999, NOW).isComplete()).isFalse();
    }
}
