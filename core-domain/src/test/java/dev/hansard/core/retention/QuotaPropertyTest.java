// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.WEEK;
import static dev.hansard.core.retention.RetentionScene.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.retention.HeldSession;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class QuotaPropertyTest {
    private static final int MOST = 120;

    /** Sessions of two classes within some days; of each hour many or none. */
    private static List<SessionSummary> record(RetentionScene scene, Random random, int count) {
        var sessions = new ArrayList<SessionSummary>();
        for (int i = 0; i < count; i++) {
            Duration ago = Duration.ofMinutes(random.nextInt(5 * 24 * 60) + 1);
            sessions.add(session(NOON.minus(ago), i, random.nextBoolean() ? RetentionClass.DEFAULT : WEEK));
        }
        scene.segments.add(sessions);
        return sessions;
    }

    private static Set<SessionId> hold(
            RetentionScene scene, Random random, List<SessionSummary> sessions, int percent) {
        List<SessionSummary> held =
                sessions.stream().filter(_ -> random.nextInt(100) < percent).toList();
        if (!held.isEmpty()) {
            var placed = new HoldEvent(HoldEvent.Kind.PLACED, NOON, "corp", "a", "letter");
            scene.holds.place(
                    new Hold("hold_abcdefghij12", "Case 1", "", held.size(), List.of(placed)),
                    held.stream()
                            .map(it -> new HeldSession(
                                    it.id(), it.service(), it.startedAt().truncatedTo(ChronoUnit.HOURS)))
                            .toList());
        }
        return new HashSet<>(held.stream().map(SessionSummary::id).toList());
    }

    @Property(tries = 60)
    void neverRemovesWhatIsHeldAndEndsBelowWhereItCan(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = MOST) int count,
            @ForAll @IntRange(min = 1, max = MOST) int limit,
            @ForAll @IntRange(max = 100) int percentHeld) {
        var scene = new RetentionScene();
        var random = new Random(seed);
        List<SessionSummary> sessions = record(scene, random, count);
        Set<SessionId> held = hold(scene, random, sessions, percentHeld);
        long bytes = (long) limit * FakeSegments.FRAME;
        var quota = new QuotaScene(scene, bytes, WhenFull.PRUNE_OLDEST);

        for (int i = 0; i < 3; i++) {
            quota.tick();
            scene.pass(Duration.ofHours(1));
        }

        Set<SessionId> left = new HashSet<>(scene.segments.ids());
        assertThat(left).containsAll(held);
        assertThat(new HashSet<>(scene.listed())).isEqualTo(left);
        boolean wasFull = count >= limit;
        boolean isBelow = left.size() * 100L < 97L * limit;
        if (wasFull) {
            assertThat(isBelow || left.equals(held)).isTrue();
        } else {
            assertThat(left).hasSize(count);
        }
    }
}
