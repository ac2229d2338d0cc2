// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.usage.DiskGrade;
import java.io.IOException;

/**
 * Grades the room on the disk, in units of the reserve, so that one setting says what much and little is. Each grade is
 * left at another figure than it is entered at, or it would flap while files come and go. Belongs to the writer.
 */
final class DiskGauge {
    /** Below so many reserves the room is low, until there are {@link #LOW_ENDS}. */
    static final int LOW = 4;

    static final int LOW_ENDS = 5;

    /** Below one part in so many of a reserve it is scarce, until a whole one is free. */
    static final int SCARCE_PART = 2;

    private final Disk disk;
    private final long reserve;
    private DiskGrade grade = DiskGrade.OK;
    private long free = -1;

    DiskGauge(Disk disk, long reserve) {
        this.disk = disk;
        this.reserve = reserve;
    }

    /** Looks once. Where the system does not say how much is free, the grade stays. */
    void measure() {
        try {
            free = disk.free();
            grade = graded(grade, free);
        } catch (IOException _) {
            free = -1;
        }
    }

    private DiskGrade graded(DiskGrade before, long room) {
        boolean wasScarce = before == DiskGrade.SCARCE;
        if (room < (wasScarce ? reserve : reserve / SCARCE_PART)) {
            return DiskGrade.SCARCE;
        }
        boolean wasLow = wasScarce || before == DiskGrade.LOW;
        return room / reserve < (wasLow ? LOW_ENDS : LOW) ? DiskGrade.LOW : DiskGrade.OK;
    }

    /** {@link DiskGrade#OK}, {@link DiskGrade#LOW} or {@link DiskGrade#SCARCE}. */
    DiskGrade grade() {
        return grade;
    }

    /** Bytes; -1 when that is not known. */
    long free() {
        return free;
    }
}
