// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.WEEK;
import static dev.hansard.core.retention.RetentionScene.session;
import static dev.hansard.core.retention.RetentionScene.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldOfficeTest {
    private final RetentionScene scene = new RetentionScene();

    @BeforeEach
    void record() {
        scene.segments.add(List.of(session(NOON, 1, RetentionClass.DEFAULT)));
    }

    private Hold place(String name) {
        return scene.office.place(visitor("ada"), name, "service:payments", "case 4711");
    }

    @Test
    void holdsWhatIsThereAndNotWhatComesLater() {
        Hold hold = place("Case 1");
        scene.segments.add(List.of(session(NOON, 2, RetentionClass.DEFAULT)));

        assertThat(hold.sessions()).isEqualTo(1);
        assertThat(scene.holds.isHeld(session(NOON, 1, RetentionClass.DEFAULT).id()))
                .isTrue();
        assertThat(scene.holds.isHeld(session(NOON, 2, RetentionClass.DEFAULT).id()))
                .isFalse();
    }

    @Test
    void refusesAHoldThatHoldsNothingOrHasATakenName() {
        place("Case 1");

        assertThatThrownBy(() -> place("Case 1"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("an active hold 'Case 1' already");
        assertThatThrownBy(() -> scene.office.place(visitor("ada"), "Case 2", "service:nobody", "case"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("finds no session");
        assertThatThrownBy(() -> scene.office.place(visitor("ada"), "Case 2", "!", "case"))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void takesTwoPeopleToRemoveAHold() {
        String id = place("Case 1").id();

        scene.office.remove(visitor("ada"), id, "closed");
        assertThatThrownBy(() -> scene.office.remove(visitor("ada"), id, "closed"))
                .isInstanceOf(NotAllowedException.class);
        Hold removed = Objects.requireNonNull(scene.office.remove(visitor("bob"), id, "agreed"));

        assertThat(removed.isActive()).isFalse();
        assertThat(scene.office.remove(visitor("eve"), id, "again")).isNull();
        assertThat(scene.heldProofs)
                .extracting(HoldEvent::kind)
                .containsExactly(HoldEvent.Kind.PLACED, HoldEvent.Kind.REMOVAL_ASKED, HoldEvent.Kind.REMOVED);
        assertThat(scene.log.since(0, 10))
                .extracting(entry -> entry.event().action())
                .containsExactly(
                        AuditAction.HOLD_PLACED,
                        AuditAction.HOLD_REMOVAL_ASKED,
                        AuditAction.REFUSED,
                        AuditAction.HOLD_REMOVED);
    }

    @Test
    void forgetsAWishThatNobodyAgreedToInTime() {
        String id = place("Case 1").id();
        scene.office.remove(visitor("ada"), id, "closed");
        scene.pass(Hold.REQUEST_LASTS);

        Hold asked = Objects.requireNonNull(scene.office.remove(visitor("bob"), id, "closed"));

        assertThat(asked.isActive()).isTrue();
        assertThat(asked.request(scene.now)).isNotNull();
    }

    @Test
    void hasThePayloadStoreHoldWhatIsHeld() {
        var scene = new RetentionScene();
        scene.segments.add(List.of(session(NOON, 1, WEEK)));
        scene.segments.add(List.of(session(NOON.plus(Duration.ofHours(2)), 2, WEEK)));
        List<String> keys = scene.segments.keys();

        Hold hold = scene.office.place(visitor("ada"), "Case", "before:2026-11-23T13:00:00Z", "case");
        scene.segments.add(List.of(session(NOON, 3, WEEK)));
        scene.keeper.tick();

        String late = scene.segments.keys().stream()
                .filter(key -> !keys.contains(key))
                .findFirst()
                .orElseThrow();
        assertThat(scene.segments.locks).containsOnlyKeys(keys.getFirst(), late);
        assertThat(scene.segments.locks.values()).allMatch(Segments.Lock::isHeld);
        scene.office.remove(visitor("bob"), hold.id(), "closed");
        assertThat(scene.segments.locks.values()).allMatch(Segments.Lock::isHeld);
        scene.office.remove(visitor("eve"), hold.id(), "closed");
        assertThat(scene.segments.locks.values()).noneMatch(Segments.Lock::isHeld);
    }
}
