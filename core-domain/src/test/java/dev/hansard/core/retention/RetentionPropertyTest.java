// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.session;
import static dev.hansard.core.retention.RetentionScene.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Sessions come, holds come and go, the clock moves on; each session stays exactly as long as it should. */
class RetentionPropertyTest {
    private static final List<String> SCHEDULES = List.of("17 3 * * *", "0 0 1 1 *", "*/30 * * * *", "59 23 * * 0");
    private static final Duration LATEST = Duration.ofHours(24);
    private static final int STEPS = 400;

    private final Map<SessionId, SessionSummary> expected = new HashMap<>();
    private final Map<String, Set<SessionId>> held = new HashMap<>();
    private final Map<SessionId, Instant> freed = new HashMap<>();
    private final Set<SessionId> gone = new HashSet<>();

    @Property(tries = 20)
    void nothingGoesEarlierAndAllIsGoneADayLaterAndWhatIsHeldStays(@ForAll long seed) {
        var random = new Random(seed);
        Map<RetentionClass, Duration> classes = Map.of(
                RetentionClass.DEFAULT, Duration.ofHours(1L + random.nextInt(72)),
                RetentionScene.WEEK, Duration.ofMinutes(1L + random.nextInt(7 * 24 * 60)));
        Duration metadata = random.nextInt(3) == 0 ? null : Duration.ofHours(1L + random.nextInt(96));
        var scene =
                new RetentionScene(classes, metadata, Schedule.parse(SCHEDULES.get(random.nextInt(SCHEDULES.size()))));
        expected.clear();
        held.clear();
        freed.clear();
        gone.clear();
        for (int step = 0; step < STEPS; step++) {
            act(scene, random, step);
            long minutes = 1L + random.nextInt(55);
            scene.pass(Duration.ofMinutes(minutes));
            scene.keeper.tick();
            check(scene, new Times(classes, metadata));
        }
    }

    private void act(RetentionScene scene, Random random, int step) {
        switch (random.nextInt(12)) {
            case 0 -> hold(scene, random);
            case 1 -> release(scene, random);
            case 2 -> scene.restart();
            default -> record(scene, random, step);
        }
    }

    private void record(RetentionScene scene, Random random, int step) {
        var sessions = new ArrayList<SessionSummary>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            RetentionClass retention = random.nextBoolean() ? RetentionClass.DEFAULT : RetentionScene.WEEK;
            sessions.add(session(scene.now.minusSeconds(random.nextInt(60)), (step * 4 + i) % 4096, retention));
        }
        scene.segments.add(sessions);
        sessions.forEach(it -> expected.put(it.id(), it));
    }

    private void hold(RetentionScene scene, Random random) {
        Instant from = scene.now.minus(Duration.ofMinutes(random.nextInt(48 * 60)));
        Instant to = from.plus(Duration.ofMinutes(1L + random.nextInt(600)));
        Set<SessionId> found = new HashSet<>(scene.listed());
        found.removeIf(id -> {
            Instant at = expected.getOrDefault(id, session(NOON, 0, RetentionScene.WEEK))
                    .startedAt();
            return at.isBefore(from) || !at.isBefore(to);
        });
        // Of what has gone as a record already a hold keeps the row.
        found.stream().filter(id -> !scene.segments.ids().contains(id)).forEach(gone::add);
        if (!found.isEmpty()) {
            String query = "after:" + from + " before:" + to;
            held.put(
                    scene.office
                            .place(visitor("ada"), "Case " + scene.now + random.nextLong(), query, "case")
                            .id(),
                    found);
        }
    }

    private void release(RetentionScene scene, Random random) {
        if (held.isEmpty()) {
            return;
        }
        String id = List.copyOf(held.keySet()).get(random.nextInt(held.size()));
        scene.office.remove(visitor("bob"), id, "closed");
        scene.office.remove(visitor("eve"), id, "closed");
        held.getOrDefault(id, Set.of()).forEach(session -> freed.put(session, scene.now));
        held.remove(id);
    }

    /** When records and rows go. */
    private record Times(
            Map<RetentionClass, Duration> classes, @Nullable Duration metadata) {
        Instant record(SessionSummary session) {
            return session.startedAt().plus(classes.getOrDefault(session.retention(), Duration.ZERO));
        }

        Instant row(SessionSummary session) {
            Instant record = record(session);
            Instant row = metadata == null ? record : session.startedAt().plus(metadata);
            return row.isBefore(record) ? record : row;
        }
    }

    private void check(RetentionScene scene, Times times) {
        Set<SessionId> records = new HashSet<>(scene.segments.ids());
        Set<SessionId> rows = new HashSet<>(scene.listed());
        Set<SessionId> stored = new HashSet<>(records);
        stored.addAll(scene.segments.rows());
        assertThat(rows).as("the catalog could be rebuilt").isEqualTo(stored);
        expected.values().removeIf(session -> {
            check(scene, times.record(session), session, records);
            check(scene, times.row(session), session, rows);
            return !rows.contains(session.id());
        });
    }

    private void check(RetentionScene scene, Instant due, SessionSummary session, Set<SessionId> there) {
        Instant latest = latestOf(due, freed.get(session.id())).plus(LATEST);
        boolean isHeld = held.values().stream().anyMatch(ids -> ids.contains(session.id()));
        boolean isThere = there.contains(session.id());
        if (scene.now.isBefore(due) || (isHeld && !isPast(scene, due, session))) {
            assertThat(isThere).as("stays at " + scene.now + ": " + session).isTrue();
        }
        // The keeper looks once in each tick, of which the longest here is 55 minutes.
        if (!isHeld && scene.now.isAfter(latest)) {
            assertThat(isThere).as("gone at " + scene.now + ": " + session).isFalse();
        }
    }

    /** Held only when its record had gone. */
    private boolean isPast(RetentionScene scene, Instant due, SessionSummary session) {
        return gone.contains(session.id()) && !scene.now.isBefore(due);
    }

    private static Instant latestOf(Instant due, @Nullable Instant released) {
        return released == null || released.isBefore(due) ? due : released;
    }
}
