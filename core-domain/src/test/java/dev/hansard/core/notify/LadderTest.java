// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LadderTest {
    private static final int GAP = 3;
    private static final Ladder LADDER = new Ladder(List.of(70, 85, 95), GAP);

    @Test
    void takesAStepAtOnceAndLeavesItBelowTheGap() {
        int raised = LADDER.level(0, 85);
        int near = LADDER.level(raised, 82);
        int left = LADDER.level(raised, 81.9);

        assertThat(raised).isEqualTo(2);
        assertThat(near).isEqualTo(2);
        assertThat(left).isEqualTo(1);
    }

    @Test
    void passesSeveralStepsAtOnce() {
        assertThat(LADDER.level(0, 100)).isEqualTo(3);
        assertThat(LADDER.level(3, 10)).isZero();
    }

    @Test
    void refusesStepsThatDoNotGoUp() {
        assertThatThrownBy(() -> new Ladder(List.of(70, 70), GAP)).isInstanceOf(InvalidValueException.class);
    }

    @Property(tries = 500)
    void neverMissesAStep(@ForAll @Size(min = 1, max = 50) List<@DoubleRange(max = 120) Double> figures) {
        int level = 0;
        for (double figure : figures) {
            level = LADDER.level(level, figure);

            long reached =
                    LADDER.steps().stream().filter(step -> figure >= step).count();
            long atMost =
                    LADDER.steps().stream().filter(step -> figure >= step - GAP).count();
            assertThat(level).isBetween((int) reached, (int) atMost);
        }
    }

    @Property(tries = 500)
    void neverFlapsWithinTheGap(
            @ForAll @Size(min = 2, max = 50) List<@DoubleRange(min = 83.5, max = 86.4) Double> figures) {
        int level = 0;
        int changes = 0;
        for (double figure : figures) {
            int next = LADDER.level(level, figure);
            changes += next == level ? 0 : 1;
            level = next;
        }

        // Into the first step, and once into the second; it never comes out of it.
        assertThat(changes).isLessThanOrEqualTo(2);
    }

    @Property(tries = 200)
    void staysWhereItIsWhenTheFigureDoes(
            @ForAll @DoubleRange(max = 120) double before, @ForAll @DoubleRange(max = 120) double now) {
        int level = LADDER.level(LADDER.level(0, before), now);

        assertThat(LADDER.level(level, now)).isEqualTo(level);
    }
}
