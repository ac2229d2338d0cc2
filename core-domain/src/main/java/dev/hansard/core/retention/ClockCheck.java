// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the node's clock may decide on what is removed. A clock that jumps ahead by ten years would have everything
 * removed, so it has to agree with others: with the time that passed on the clock that only goes forward, with the time
 * kept before the last restart, with the newest record, and with the clocks of the stores where they have one. Once it
 * disagrees nothing goes until it agrees again or somebody says that it is right. Safe for any number of threads.
 */
public final class ClockCheck {
    /** How far two clocks may be apart. */
    static final Duration TOLERANCE = Duration.ofHours(1);

    /** How long a node may have been down when no store has a clock to ask. */
    static final Duration LONGEST_PAUSE = Duration.ofDays(7);

    private static final Duration MARK_EVERY = Duration.ofMinutes(10);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final RetentionNotes notes;
    private final SessionCatalog catalog;
    private final List<TimeWitness> witnesses;
    private @Nullable Instant mark;
    private boolean isMarkRead;
    private @Nullable Instant believed;
    private Instant anchor;
    private long anchorNanos;
    private boolean isSettled;

    /**
     * A check that begins now.
     *
     * @param nanos a clock that only goes forward
     * @param witnesses clocks of other machines
     */
    public ClockCheck(
            InstantSource wall,
            LongSupplier nanos,
            RetentionNotes notes,
            SessionCatalog catalog,
            List<TimeWitness> witnesses) {
        this.wall = wall;
        this.nanos = nanos;
        this.notes = notes;
        this.catalog = catalog;
        this.witnesses = List.copyOf(witnesses);
        this.anchor = wall.instant();
        this.anchorNanos = nanos.getAsLong();
    }

    /**
     * Why the clock cannot be trusted now; empty when it can.
     *
     * @throws StorageException when what it is compared with cannot be read
     */
    public synchronized String doubt() {
        if (!isMarkRead) {
            // Not sooner: a node starts while the database is away.
            mark = notes.mark();
            isMarkRead = true;
        }
        Instant now = wall.instant();
        String doubt = witnesses.isEmpty() ? doubtAlone(now) : doubtOfWitnesses(now);
        if (doubt.isEmpty()) {
            doubt = doubtOfNewest(now);
        }
        if (doubt.isEmpty()) {
            settle(now);
        }
        return doubt;
    }

    private void settle(Instant now) {
        anchor = now;
        anchorNanos = nanos.getAsLong();
        isSettled = true;
        if (mark == null || Duration.between(mark, now).abs().compareTo(MARK_EVERY) >= 0) {
            notes.mark(now);
            mark = now;
        }
    }

    /**
     * Somebody has looked at the clock, and says that it is right. Sessions that are of a later time by then were
     * recorded by a wrong one, and do not contradict it any more.
     *
     * @throws StorageException when what it is compared with cannot be read
     */
    public synchronized void trust() {
        believed = newest();
        mark = null;
        isMarkRead = true;
        settle(wall.instant());
    }

    private String doubtAlone(Instant now) {
        Instant expected = anchor.plusNanos(nanos.getAsLong() - anchorNanos);
        if (areApart(now, expected)) {
            return "the clock of this node says " + now + ", but it must be about " + expected
                    + " by the time that passed since it was last right";
        }
        return isSettled ? "" : doubtOfPause(now);
    }

    /** After a start: a node may have been down for a while, and its clock not. */
    private String doubtOfPause(Instant now) {
        Instant last = mark == null ? newest() : mark;
        if (last != null && last.isAfter(now.plus(TOLERANCE))) {
            return "the clock of this node says " + now + ", but it was " + last + " already before the node stopped";
        }
        if (last != null && now.isAfter(last.plus(LONGEST_PAUSE))) {
            return "the clock of this node says " + now + ", but it was " + last
                    + " when the node last ran, and it is not known to have been down for so long";
        }
        return "";
    }

    private String doubtOfWitnesses(Instant now) {
        for (TimeWitness witness : witnesses) {
            Instant there = witness.now();
            if (areApart(now, there)) {
                return "the clock of this node says " + now + ", but that of " + witness.name() + " says " + there;
            }
        }
        return "";
    }

    private String doubtOfNewest(Instant now) {
        Instant newest = newest();
        if (newest == null || !newest.isAfter(now.plus(TOLERANCE))) {
            return "";
        }
        return believed == null || newest.isAfter(believed)
                ? "the clock of this node says " + now + ", but the newest session is of " + newest
                : "";
    }

    private @Nullable Instant newest() {
        List<SessionSummary> newest = catalog.list(SessionQuery.ALL, null, 1);
        return newest.isEmpty() ? null : newest.getFirst().startedAt();
    }

    private static boolean areApart(Instant left, Instant right) {
        return Duration.between(left, right).abs().compareTo(TOLERANCE) > 0;
    }
}
