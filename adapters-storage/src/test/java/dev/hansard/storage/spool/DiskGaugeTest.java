// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.usage.DiskGrade;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DiskGaugeTest {
    private static final int RESERVE = 1_000;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DiskGauge gauge = new DiskGauge(disk, RESERVE);

    private DiskGrade at(long free) {
        disk.capacity(free);
        gauge.measure();
        return gauge.grade();
    }

    @Test
    void goesFromOkToScarceAndBackAtOtherFigures() {
        var grades = new ArrayList<DiskGrade>();

        for (int free : new int[] {10_000, 4_000, 3_999, 4_999, 500, 499, 999, 1_000, 4_999, 5_000}) {
            grades.add(at(free));
        }

        assertThat(grades)
                .containsExactly(
                        DiskGrade.OK,
                        DiskGrade.OK,
                        DiskGrade.LOW,
                        DiskGrade.LOW,
                        DiskGrade.LOW,
                        DiskGrade.SCARCE,
                        DiskGrade.SCARCE,
                        DiskGrade.LOW,
                        DiskGrade.LOW,
                        DiskGrade.OK);
        assertThat(gauge.free()).isEqualTo(5_000);
    }

    @Property(tries = 300)
    void neverSaysThatThereIsRoomWhereThereIsNone(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 8_000) Integer> figures) {
        for (int free : figures) {
            DiskGrade grade = at(free);

            if (free < RESERVE / DiskGauge.SCARCE_PART) {
                assertThat(grade).isEqualTo(DiskGrade.SCARCE);
            } else if (free < DiskGauge.LOW * RESERVE) {
                assertThat(grade).isIn(DiskGrade.LOW, DiskGrade.SCARCE);
            } else if (free >= DiskGauge.LOW_ENDS * RESERVE) {
                assertThat(grade).isEqualTo(DiskGrade.OK);
            }
        }
    }

    @Property(tries = 100)
    void doesNotFlapNearAThreshold(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 501, max = 999) Integer> figures) {
        at(0);

        for (int free : figures) {
            assertThat(at(free)).isEqualTo(DiskGrade.SCARCE);
        }
    }
}
