// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.usage.DiskGrade;
import java.util.function.LongSupplier;

/**
 * How the writer is doing, for everybody to see. The writer alone changes it.
 */
final class SpoolHealth {
    /** What can be done. */
    enum Ability {
        /** Everything. */
        ALL,
        /** The disk is full and the reserve is open: calls in flight are completed, no new one is promised a record. */
        COMPLETIONS,
        /** Nothing. */
        NOTHING
    }

    private record Condition(Ability ability, String reason) {}

    private static final long IDLE = Long.MIN_VALUE;

    private final LongSupplier nanos;
    private final long deadline;
    private volatile Condition condition = new Condition(Ability.ALL, "");
    private volatile DiskGrade grade = DiskGrade.OK;
    private volatile long free = -1;
    private volatile long busySince = IDLE;
    private volatile String busyWith = "";

    SpoolHealth(LongSupplier nanos, long deadline) {
        this.nanos = nanos;
        this.deadline = deadline;
    }

    /** The disk has been asked something that might not return. */
    void busy(String with) {
        busyWith = with;
        busySince = nanos.getAsLong();
    }

    void idle() {
        busySince = IDLE;
    }

    void set(Ability ability, String reason) {
        condition = new Condition(ability, reason);
    }

    /** How much room the disk has. */
    void room(DiskGrade now, long bytes) {
        grade = now;
        free = bytes;
    }

    /** The same with what the writer has met: a disk that is full is worse than scarce. */
    DiskGrade grade() {
        return condition.ability() == Ability.COMPLETIONS ? DiskGrade.RESERVE : grade;
    }

    /** Bytes that are free; -1 when that is not known. */
    long free() {
        return free;
    }

    Ability ability() {
        return condition.ability();
    }

    SpoolState state() {
        Condition now = condition;
        long since = busySince;
        if (now.ability() != Ability.ALL) {
            return now.ability() == Ability.COMPLETIONS
                    ? new SpoolState.Scarce(now.reason())
                    : new SpoolState.Failing(now.reason());
        }
        if (since != IDLE && nanos.getAsLong() - since > deadline) {
            return new SpoolState.Failing(
                    busyWith + " has not returned for " + (nanos.getAsLong() - since) / 1_000_000 + " ms");
        }
        return grade == DiskGrade.SCARCE
                ? new SpoolState.Scarce("disk is all but full: " + free + " bytes are free")
                : new SpoolState.Working();
    }
}
