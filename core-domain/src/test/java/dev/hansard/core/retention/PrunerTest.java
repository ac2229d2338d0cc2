// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.WEEK;
import static dev.hansard.core.retention.RetentionScene.session;
import static dev.hansard.core.retention.RetentionScene.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.retention.FakeSegments.KilledException;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionDesk.Erasure;
import dev.hansard.ports.retention.RetentionEvidence.Range;
import dev.hansard.ports.retention.RetentionNotes.Removal;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrunerTest {
    private final RetentionScene scene = new RetentionScene();

    private static List<SessionSummary> sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> session(NOON.plusSeconds(i), i, RetentionClass.DEFAULT))
                .toList();
    }

    private static List<SessionId> ids(List<SessionSummary> sessions) {
        return sessions.stream().map(SessionSummary::id).toList();
    }

    @Test
    void removesNothingBeforeTheYoungestOfASegmentHasExpired() {
        scene.segments.add(sessions(3));
        scene.pass(Duration.ofDays(1).plusMinutes(59));

        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isEqualTo(new Pruning.Done(0, 0, 0, 0));
        assertThat(scene.listed()).hasSize(3);
    }

    @Test
    void removesFramesAndRowsOfWhatHasExpired() {
        scene.segments.add(sessions(3));
        scene.segments.add(List.of(session(NOON, 10, WEEK)));
        scene.pass(Duration.ofHours(25));

        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isEqualTo(new Pruning.Done(1, 3, 3L * FakeSegments.FRAME, 0));
        assertThat(scene.segments.ids()).containsExactly(session(NOON, 10, WEEK).id());
        assertThat(scene.listed()).containsExactly(session(NOON, 10, WEEK).id());
        assertThat(scene.kept.open()).isEmpty();
    }

    @Test
    void waitsForTheLockOfTheStoreAndSaysSo() {
        scene.segments.add(sessions(3));
        String key = scene.segments.keys().getFirst();
        scene.segments.locks.put(key, new Segments.Lock(NOON.plus(Duration.ofDays(3)), false));
        scene.pass(Duration.ofHours(25));

        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isEqualTo(new Pruning.Done(0, 0, 0, 0));
        assertThat(scene.proofs).isEmpty();
        assertThat(scene.kept.open()).isEmpty();
        assertThat(scene.pruner.trouble())
                .isEqualTo("1 segments are due, but the object lock of the payload store keeps them, the first until"
                        + " 2026-11-26T12:00:00Z");
        assertThatThrownBy(() ->
                        scene.desk.erase(visitor("ada"), sessions(1).getFirst().id()))
                .hasMessageContaining("is locked in the payload store until 2026-11-26T12:00:00Z");
        scene.pass(Duration.ofDays(2));
        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Done.class);
        assertThat(scene.listed()).isEmpty();
        assertThat(scene.pruner.trouble()).isEmpty();
    }

    @Test
    void removesWhatLiesBehindADamagedSegmentAndSaysWhichOneIsLeft() {
        scene.segments.add(sessions(3));
        String damaged = scene.segments.keys().getFirst();
        scene.segments.add(List.of(session(NOON.plus(Duration.ofHours(1)), 10, RetentionClass.DEFAULT)));
        scene.segments.damaged.add(damaged);
        scene.pass(Duration.ofHours(27));

        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isEqualTo(new Pruning.Done(1, 1, FakeSegments.FRAME, 0));
        assertThat(scene.segments.keys()).containsExactly(damaged);
        assertThat(scene.pruner.trouble())
                .isEqualTo("1 segments are due, but cannot be removed; of " + damaged + ": segment " + damaged
                        + " is damaged");
    }

    @Test
    void leavesWhatSomebodyElseHoldsInTheStore() {
        scene.segments.add(sessions(3));
        scene.segments.locks.put(scene.segments.keys().getFirst(), new Segments.Lock(null, true));
        scene.pass(Duration.ofHours(25));

        scene.pruner.prune();

        assertThat(scene.listed()).hasSize(3);
        assertThat(scene.pruner.trouble()).contains("until somebody lifts its legal hold");
    }

    @Test
    void leavesRowsForAsLongAsIsSaidForThem() {
        var scene = new RetentionScene(
                Map.of(RetentionClass.DEFAULT, Duration.ofDays(1)), Duration.ofDays(3), Schedule.DAILY);
        scene.segments.add(sessions(3));
        scene.pass(Duration.ofHours(25));

        scene.pruner.prune();

        assertThat(scene.segments.ids()).isEmpty();
        assertThat(scene.listed()).hasSize(3).hasSameElementsAs(scene.segments.rows());
        assertThat(scene.proofs).hasSize(1);
        scene.pass(Duration.ofDays(2));
        assertThat(scene.pruner.plan(null).items()).singleElement().satisfies(item -> {
            assertThat(item.segment().isRows()).isTrue();
            assertThat(item.sessions()).isEqualTo(3);
        });
        scene.pruner.prune();
        assertThat(scene.listed()).isEmpty();
        assertThat(scene.segments.rows()).isEmpty();
        assertThat(scene.proofs).hasSize(1);
    }

    @Test
    void erasesASessionOfWhichOnlyTheRowIsLeft() {
        var scene = new RetentionScene(
                Map.of(RetentionClass.DEFAULT, Duration.ofDays(1)), Duration.ofDays(30), Schedule.DAILY);
        List<SessionSummary> sessions = sessions(3);
        scene.segments.add(sessions);
        scene.pass(Duration.ofHours(25));
        scene.pruner.prune();

        Erasure erasure = scene.desk.erase(visitor("ada"), sessions.get(1).id());

        assertThat(erasure).isEqualTo(Erasure.ERASED);
        assertThat(scene.listed())
                .containsExactlyInAnyOrder(sessions.get(0).id(), sessions.get(2).id());
        assertThat(scene.segments.rows()).doesNotContain(sessions.get(1).id());
    }

    @Test
    void provesWhatItRemovesByTheNumbersOfTheRecords() {
        scene.segments.add(sessions(3));
        scene.pass(Duration.ofHours(25));

        scene.pruner.prune();

        assertThat(scene.proofs).singleElement().satisfies(proof -> {
            assertThat(proof.cause()).isEqualTo(Cause.EXPIRED);
            assertThat(proof.records()).containsExactly(new Range(new NodeName("node-1"), 1, 3));
        });
        assertThat(scene.log.newest(Long.MAX_VALUE, 1).getFirst().event().action())
                .isEqualTo(AuditAction.SESSIONS_REMOVED);
    }

    @Test
    void keepsWhatIsHeldInASegmentOfItsOwn() {
        List<SessionSummary> sessions = sessions(4);
        scene.segments.add(sessions);
        scene.office.place(visitor("ada"), "Case 1", "before:2026-11-23T12:00:02Z", "case 1");
        scene.pass(Duration.ofDays(400));
        scene.clock.trust();

        RetentionPlan plan = scene.pruner.plan(null);
        scene.pruner.prune();

        List<SessionId> held = ids(sessions.subList(0, 2));
        assertThat(plan.sessions()).isEqualTo(2);
        assertThat(plan.held()).isEqualTo(2);
        assertThat(scene.segments.ids()).containsExactlyElementsOf(held);
        assertThat(scene.listed()).containsExactlyInAnyOrderElementsOf(held);
        assertThat(held)
                .allSatisfy(id -> assertThat(scene.catalog
                                .find(id)
                                .map(CatalogEntry::location)
                                .orElseThrow()
                                .container())
                        .isEqualTo(scene.segments.keys().getFirst()));
        assertThat(scene.pruner.plan(null).items()).isEmpty();
    }

    @Test
    void removesWhatWasHeldOnceTheHoldIsGone() {
        scene.segments.add(sessions(2));
        String id = scene.office.place(visitor("ada"), "Case 1", "", "case 1").id();
        scene.pass(Duration.ofDays(2));
        scene.office.remove(visitor("ada"), id, "closed");
        scene.pruner.prune();
        assertThat(scene.listed()).hasSize(2);

        scene.office.remove(visitor("bob"), id, "closed");
        scene.pruner.prune();

        assertThat(scene.listed()).isEmpty();
        assertThat(scene.segments.keys()).isEmpty();
    }

    @Test
    void takesNoMoreThanItsShareInOneRun() {
        var sessions = new ArrayList<SessionSummary>();
        for (int hour = 0; hour < 2 * Pruner.MOST_SEGMENTS; hour++) {
            sessions.add(session(NOON.minus(Duration.ofHours(hour)), 1, RetentionClass.DEFAULT));
        }
        scene.segments.add(sessions);
        scene.pass(Duration.ofDays(2));

        Pruning first = scene.pruner.prune();
        String trouble = scene.pruner.trouble();
        Pruning second = scene.pruner.prune();

        assertThat(first)
                .isEqualTo(new Pruning.Done(
                        Pruner.MOST_SEGMENTS,
                        Pruner.MOST_SEGMENTS,
                        (long) Pruner.MOST_SEGMENTS * FakeSegments.FRAME,
                        Pruner.MOST_SEGMENTS));
        assertThat(trouble).contains("200 segments are due and wait");
        assertThat(second).isInstanceOf(Pruning.Done.class);
        assertThat(scene.pruner.trouble()).isEmpty();
        assertThat(scene.listed()).isEmpty();
    }

    @Test
    void leavesWhatIsOfAClassThatNobodyKnows() {
        scene.segments.add(List.of(session(NOON, 1, new RetentionClass("former"))));
        scene.pass(Duration.ofDays(6));

        RetentionPlan plan = scene.pruner.plan(null);
        scene.pruner.prune();

        assertThat(plan.unknown()).isEqualTo(1);
        assertThat(scene.listed()).hasSize(1);
    }

    @Test
    void isBroughtToItsEndWhereverItWasKilled() {
        int step = 1;
        boolean killed = true;
        for (; killed; step++) {
            var fresh = new RetentionScene();
            List<SessionSummary> sessions = sessions(4);
            fresh.segments.add(sessions);
            fresh.office.place(visitor("ada"), "Case 1", "before:2026-11-23T12:00:01Z", "case 1");
            fresh.pass(Duration.ofDays(2));
            fresh.crash.at(step);
            killed = isKilled(() -> fresh.pruner.prune());
            assertThat(fresh.catalog.find(sessions.getFirst().id())).isPresent();
            assertThat(fresh.segments.ids()).contains(sessions.getFirst().id());
            fresh.crash.never();
            fresh.restart();

            fresh.pruner.prune();

            assertThat(fresh.segments.ids())
                    .as("killed at step " + step)
                    .containsExactly(sessions.getFirst().id());
            assertThat(fresh.listed())
                    .as("killed at step " + step)
                    .containsExactly(sessions.getFirst().id());
            assertThat(fresh.kept.open()).isEmpty();
            assertThat(fresh.catalog
                            .find(sessions.getFirst().id())
                            .orElseThrow()
                            .location()
                            .container())
                    .isEqualTo(fresh.segments.keys().getFirst());
        }
        assertThat(step).isGreaterThan(6);
    }

    @Test
    void erasesOneSessionWhereverItIsKilled() {
        boolean killed = true;
        for (int step = 1; killed; step++) {
            var fresh = new RetentionScene();
            List<SessionSummary> sessions = sessions(3);
            fresh.segments.add(sessions);
            SessionId erased = sessions.get(1).id();
            fresh.crash.at(step);
            killed = isKilled(() -> fresh.desk.erase(visitor("ada"), erased));
            fresh.crash.never();
            fresh.restart();

            fresh.pruner.prune();
            fresh.desk.erase(visitor("ada"), erased);

            List<SessionId> others =
                    List.of(sessions.get(0).id(), sessions.get(2).id());
            assertThat(fresh.segments.ids()).as("killed at step " + step).containsExactlyElementsOf(others);
            assertThat(fresh.listed()).containsExactlyInAnyOrderElementsOf(others);
        }
    }

    @Test
    void keepsTheRowsOfADayOfWhichSomethingStillLiesInTheSpool() {
        scene.segments.add(sessions(1));
        SessionSummary inSpool = session(NOON.plusSeconds(7), 7, WEEK);
        var place = new FrameLocation("spool/0000000001.spool@1", 512, FakeSegments.FRAME);
        scene.catalog.index(List.of(new CatalogEntry(7, inSpool, place)), SpoolPosition.START);
        scene.pass(Duration.ofDays(5));

        scene.pruner.prune();

        assertThat(scene.listed()).containsExactly(inSpool.id());
    }

    @Test
    void provesAnErasureThatWasBrokenOffBeforeItWasProved() {
        List<SessionSummary> sessions = sessions(3);
        scene.segments.add(sessions);
        SessionId erased = sessions.get(1).id();
        scene.kept.begin(new Removal(scene.segments.keys().getFirst(), Cause.ERASED, erased));

        scene.restart();
        scene.pruner.prune();

        assertThat(scene.listed()).hasSize(2).doesNotContain(erased);
        assertThat(scene.proofs).singleElement().satisfies(proof -> {
            assertThat(proof.cause()).isEqualTo(Cause.ERASED);
            assertThat(proof.records()).containsExactly(new Range(new NodeName("node-1"), 2, 2));
        });
    }

    @Test
    void destroysTheKeyOfAnErasedSessionBeforeItsRecordGoes() {
        boolean killed = true;
        for (int step = 1; killed; step++) {
            var fresh = new RetentionScene();
            fresh.segments.hasOwnKeys = true;
            List<SessionSummary> sessions = sessions(3);
            fresh.segments.add(sessions);
            SessionId erased = sessions.get(1).id();
            fresh.crash.at(step);
            killed = isKilled(() -> fresh.desk.erase(visitor("ada"), erased));
            fresh.crash.never();
            assertThat(fresh.segments.ids().contains(erased) || fresh.segments.shredded.contains(erased))
                    .isTrue();

            fresh.restart();
            fresh.pruner.prune(1);
            fresh.desk.erase(visitor("ada"), erased);

            assertThat(fresh.segments.shredded).containsExactly(erased);
            assertThat(fresh.segments.ids()).doesNotContain(erased).hasSize(2);
            assertThat(fresh.proofs).allMatch(proof -> proof.cause() == Cause.SHREDDED);
        }
    }

    @Test
    void erasesNothingThatIsHeldOrUnknown() {
        scene.segments.add(sessions(2));
        scene.office.place(visitor("ada"), "Case 1", "before:2026-11-23T12:00:01Z", "case 1");

        Erasure held = scene.desk.erase(visitor("bob"), sessions(1).getFirst().id());
        Erasure unknown =
                scene.desk.erase(visitor("bob"), session(NOON, 99, WEEK).id());

        assertThat(held).isEqualTo(Erasure.HELD);
        assertThat(unknown).isEqualTo(Erasure.UNKNOWN);
        assertThat(scene.listed()).hasSize(2);
    }

    private static boolean isKilled(Runnable run) {
        try {
            run.run();
            return false;
        } catch (KilledException _) {
            return true;
        }
    }
}
