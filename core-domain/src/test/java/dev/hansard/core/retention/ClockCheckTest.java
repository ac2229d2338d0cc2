// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.value.RetentionClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    private static final Duration TEN_YEARS = Duration.ofDays(3_653);

    private final RetentionScene scene = new RetentionScene();

    ClockCheckTest() {
        scene.segments.add(List.of(session(NOON, 1, RetentionClass.DEFAULT)));
        scene.keeper.tick();
    }

    private static TimeWitness witness(RetentionScene scene, Duration ahead) {
        return new TimeWitness() {
            @Override
            public String name() {
                return "the database";
            }

            @Override
            public Instant now() {
                return scene.now.plus(ahead);
            }
        };
    }

    @Test
    void removesNothingWhenTheClockJumpsAheadByTenYears() {
        scene.now = scene.now.plus(TEN_YEARS);

        scene.keeper.tick();
        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isInstanceOf(Pruning.Withheld.class);
        assertThat(scene.listed()).hasSize(1);
        assertThat(scene.pruner.trouble()).contains("the clock of this node says 2036");
    }

    @Test
    void removesNothingWhenTheClockJumpedWhileTheNodeWasDown() {
        scene.now = scene.now.plus(TEN_YEARS);
        scene.restart();
        scene.segments.add(List.of(session(scene.now, 2, RetentionClass.DEFAULT)));

        scene.keeper.tick();
        Pruning pruning = scene.pruner.prune();

        assertThat(pruning).isInstanceOf(Pruning.Withheld.class);
        assertThat(scene.listed()).hasSize(2);
    }

    @Test
    void goesOnAfterANodeWasDownOverTheWeekend() {
        scene.now = scene.now.plus(Duration.ofDays(3));
        scene.restart();

        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Done.class);
        assertThat(scene.listed()).isEmpty();
    }

    @Test
    void goesOnWhenTheClockIsRightAgain() {
        scene.now = scene.now.plus(TEN_YEARS);
        scene.keeper.tick();
        scene.now = NOON;
        scene.pass(Duration.ofHours(25));

        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Done.class);
        assertThat(scene.listed()).isEmpty();
    }

    @Test
    void goesOnWhenSomebodySaysThatTheClockIsRight() {
        scene.now = scene.now.plus(Duration.ofDays(30));
        assertThat(scene.clock.doubt()).isNotEmpty();

        scene.desk.trustClock(RetentionScene.visitor("ada"));

        assertThat(scene.clock.doubt()).isEmpty();
        assertThat(scene.kept.mark()).isEqualTo(scene.now);
    }

    @Test
    void doubtsAClockThatTheNewestSessionContradicts() {
        scene.segments.add(List.of(session(NOON.plus(Duration.ofHours(2)), 2, RetentionClass.DEFAULT)));

        assertThat(scene.clock.doubt()).contains("the newest session is of 2026-11-23T14:00:00Z");
    }

    @Test
    void goesOnBesideSessionsOfTheFutureOnceSomebodySaysThatTheClockIsRight() {
        scene.segments.add(List.of(session(NOON.plus(TEN_YEARS), 2, RetentionClass.DEFAULT)));
        scene.pass(Duration.ofHours(26));
        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Withheld.class);

        scene.desk.trustClock(RetentionScene.visitor("ada"));

        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Done.class);
        assertThat(scene.listed()).hasSize(1);
    }

    @Test
    void doubtsAClockThatALaterSessionContradictsAgain() {
        scene.segments.add(List.of(session(NOON.plus(Duration.ofHours(2)), 2, RetentionClass.DEFAULT)));
        scene.desk.trustClock(RetentionScene.visitor("ada"));

        scene.segments.add(List.of(session(NOON.plus(Duration.ofHours(3)), 3, RetentionClass.DEFAULT)));

        assertThat(scene.clock.doubt()).contains("the newest session is of 2026-11-23T15:00:00Z");
    }

    @Test
    void believesTheClocksOfTheStoresAfterALongPause() {
        scene.witnesses.add(witness(scene, Duration.ofMinutes(30)));
        scene.now = scene.now.plus(Duration.ofDays(30));
        scene.restart();

        assertThat(scene.clock.doubt()).isEmpty();
    }

    @Test
    void doubtsAClockThatAStoreContradicts() {
        scene.witnesses.add(witness(scene, Duration.ofMinutes(-61)));
        scene.restart();

        assertThat(scene.clock.doubt()).contains("that of the database says");
        assertThat(scene.pruner.prune()).isInstanceOf(Pruning.Withheld.class);
    }
}
