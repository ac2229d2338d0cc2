// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.session;
import static dev.hansard.core.retention.RetentionScene.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.usage.StoredParts.Waiting;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.RetentionClass;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QuotaKeeperTest {
    /** Of a hundred frames. */
    private static final long LIMIT = 100L * FakeSegments.FRAME;

    private final RetentionScene scene = new RetentionScene();

    private QuotaScene quota(WhenFull whenFull) {
        return new QuotaScene(scene, LIMIT, whenFull);
    }

    /** So many sessions, one an hour, the last of them an hour ago. */
    private List<SessionSummary> record(int count) {
        List<SessionSummary> sessions = IntStream.range(0, count)
                .mapToObj(i -> session(NOON.minus(Duration.ofHours(count - i)), i, RetentionClass.DEFAULT))
                .toList();
        scene.segments.add(sessions);
        return sessions;
    }

    @Test
    void removesTheOldestUntilItIsBelow() {
        List<SessionSummary> sessions = record(110);
        QuotaScene quota = quota(WhenFull.PRUNE_OLDEST);

        quota.tick();

        assertThat(scene.segments.ids())
                .hasSize(96)
                .doesNotContain(sessions.getFirst().id())
                .contains(sessions.getLast().id());
        assertThat(scene.listed()).hasSize(96);
        assertThat(scene.proofs)
                .isNotEmpty()
                .allSatisfy(proof -> assertThat(proof.cause()).isEqualTo(Cause.QUOTA));
        assertThat(scene.log.newest(Long.MAX_VALUE, 1).getFirst().event().object())
                .isEqualTo("payments/default quota: 14 sessions, 1400 bytes");
    }

    @Test
    void doesNothingBelowTheQuota() {
        record(99);
        QuotaScene quota = quota(WhenFull.PRUNE_OLDEST);

        quota.tick();

        assertThat(scene.segments.ids()).hasSize(99);
    }

    @Test
    void doesNotAskTheClock() {
        record(110);
        QuotaScene quota = quota(WhenFull.PRUNE_OLDEST);
        scene.now = NOON.plus(Duration.ofDays(3650));

        quota.tick();

        assertThat(scene.clock.doubt()).isNotEmpty();
        assertThat(scene.segments.ids()).hasSize(96);
    }

    @Test
    void keepsWhatIsHeldAndSaysThatItCannotComeBelow() {
        record(110);
        scene.office.place(visitor("a"), "Case 1", "", "letter");
        QuotaScene quota = quota(WhenFull.PRUNE_OLDEST);

        quota.tick();

        assertThat(scene.segments.ids()).hasSize(110);
        assertThat(quota.alerts.raised())
                .extracting(Alert::subject)
                .containsExactly("quota-stuck:payments", "quota:payments");
        assertThat(quota.keeper.lack(QuotaScene.PAYMENTS)).isEmpty();
    }

    @Test
    void refusesUntilItIsFarEnoughBelow() {
        record(100);
        QuotaScene quota = quota(WhenFull.REJECT);
        quota.tick();
        String full = quota.keeper.lack(QuotaScene.PAYMENTS);
        scene.pruner.pruneOldest(QuotaScene.PAYMENTS, 3L * FakeSegments.FRAME, 100);
        quota.tick();
        String near = quota.keeper.lack(QuotaScene.PAYMENTS);
        scene.pruner.pruneOldest(QuotaScene.PAYMENTS, FakeSegments.FRAME, 100);
        quota.tick();

        assertThat(full).contains("payments", Long.toString(LIMIT));
        assertThat(near).isEqualTo(full);
        assertThat(quota.keeper.lack(QuotaScene.PAYMENTS)).isEmpty();
    }

    @Test
    void countsWhatWaitsInTheSpool() {
        record(60);
        QuotaScene quota = quota(WhenFull.REJECT);
        quota.parts.waiting.add(new Waiting(QuotaScene.PAYMENTS, 40, 40L * FakeSegments.FRAME));

        quota.tick();

        assertThat(quota.keeper.lack(QuotaScene.PAYMENTS)).isNotEmpty();
    }

    @Test
    void alertsAtEachThresholdOnceAndEasesBelowTheGap() {
        QuotaScene quota = quota(WhenFull.REJECT);
        record(71);
        quota.tick();
        quota.tick();
        scene.pruner.pruneOldest(QuotaScene.PAYMENTS, 3L * FakeSegments.FRAME, 100);
        quota.tick();
        scene.pruner.pruneOldest(QuotaScene.PAYMENTS, 2L * FakeSegments.FRAME, 100);
        quota.tick();

        assertThat(quota.told()).containsExactly("alert.raised 70%", "alert.cleared ok");
    }

    @Test
    void clearsTheAlertOfAServiceThatHasNothingAnyMore() {
        record(71);
        QuotaScene quota = quota(WhenFull.REJECT);
        quota.tick();

        scene.pruner.pruneOldest(QuotaScene.PAYMENTS, LIMIT, 100);
        quota.tick();

        assertThat(quota.alerts.raised()).isEmpty();
    }

    @Test
    void takesNoMoreInAnHourThanOneRunMay() {
        record(500);
        QuotaScene quota = quota(WhenFull.PRUNE_OLDEST);

        quota.tick();
        quota.tick();
        int first = scene.segments.ids().size();
        scene.pass(Duration.ofHours(1));
        quota.tick();
        quota.tick();

        assertThat(first).isEqualTo(500 - Pruner.MOST_SEGMENTS);
        assertThat(scene.segments.ids()).hasSize(500 - 2 * Pruner.MOST_SEGMENTS);
    }

    @Test
    void restsAfterALookThatTookLong() {
        QuotaScene quota = quota(WhenFull.REJECT);
        quota.lookTakes(Duration.ofMinutes(1));
        quota.tick();
        quota.lookTakes(Duration.ZERO);
        record(100);

        scene.pass(Duration.ofMinutes(19));
        quota.tick();
        String early = quota.keeper.lack(QuotaScene.PAYMENTS);
        scene.pass(Duration.ofMinutes(1));
        quota.tick();

        assertThat(early).isEmpty();
        assertThat(quota.keeper.lack(QuotaScene.PAYMENTS)).isNotEmpty();
    }
}
