// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.Remover.Gone;
import dev.hansard.core.retention.Remover.Order;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is due: whole segments, or what of them is not held. One run at a time, of which each takes no more than
 * a small part of what there is, so that a mistake in the configuration is seen before it has cost everything.
 */
public final class Pruner {
    /** What one run takes in any case. */
    static final int MOST_SEGMENTS = 200;

    /** Beyond that, one part in so many of all segments. */
    static final int PART = 100;

    /** After so long past what its class keeps, a segment does not wait for the schedule any more. */
    static final Duration OVERDUE = Duration.ofHours(22);

    private final Planner planner;
    private final Remover remover;
    private final RetentionRules rules;
    private final ClockCheck clock;
    private final InstantSource wall;
    private final Auditor auditor;
    private volatile String trouble = "";

    /** A pruner of these segments. */
    public Pruner(
            Segments segments,
            RetentionRules rules,
            Remover remover,
            ClockCheck clock,
            InstantSource wall,
            Auditor auditor) {
        this.planner = new Planner(segments, rules, remover);
        this.remover = remover;
        this.rules = rules;
        this.clock = clock;
        this.wall = wall;
        this.auditor = auditor;
    }

    /** What would go now. */
    RetentionPlan plan(@Nullable Instant next) {
        Instant now = wall.instant();
        Planner.Due due = planner.due(now);
        return new RetentionPlan(
                now, planner.items(due), due.all(), due.unknown(), most(due.all()), clock.doubt(), trouble, next);
    }

    /** What one run takes at most of so many segments. */
    public static int most(long all) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(MOST_SEGMENTS, all / PART));
    }

    /** Whether something has stayed so much longer than its class says that it cannot wait for the schedule. */
    boolean isOverdue() {
        Instant then = wall.instant().minus(OVERDUE).plus(Segment.SPAN);
        return !planner.due(then).segments().isEmpty();
    }

    /**
     * Removes what is due.
     *
     * @throws StorageException when a store is away; the next run ends what was begun
     */
    Pruning prune() {
        return prune(Integer.MAX_VALUE);
    }

    /** The same, of so many segments at most. */
    synchronized Pruning prune(int limit) {
        String doubt = clock.doubt();
        if (!doubt.isEmpty()) {
            trouble = "nothing is removed: " + doubt + "; see to the clock, or say `hansard retention trust-clock`";
            return new Pruning.Withheld(doubt);
        }
        remover.resume();
        Instant now = wall.instant();
        Planner.Due due = planner.due(now);
        int most = Math.min(limit, most(due.all()));
        var tally = new Tally("expired");
        int taken = 0;
        int examined = 0;
        for (Segment segment : due.segments()) {
            if (taken == most) {
                break;
            }
            examined++;
            // Asked again for each: a run can take long.
            Gone gone = attempt(segment, tally, () -> expire(segment, wall.instant()));
            tally.add(segment, gone);
            taken += gone.sessions() > 0 ? 1 : 0;
        }
        remover.forgetDays(planner.empty(tally.days(), now));
        tally.write(auditor);
        long left = (long) due.segments().size() - examined;
        trouble = Stream.of(waiting(left, most), tally.locked(), tally.failed())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        Gone all = tally.all();
        return new Pruning.Done(taken, all.sessions(), all.bytes(), left);
    }

    private static String waiting(long left, int most) {
        return left == 0 ? "" : left + " segments are due and wait for the next run, since one takes at most " + most;
    }

    /** One that is damaged must not keep all behind it from being removed; a store that is away keeps all. */
    private static Gone attempt(Segment segment, Tally tally, Supplier<Gone> removal) {
        try {
            return removal.get();
        } catch (StorageException e) {
            if (e.isOutage()) {
                throw e;
            }
            tally.failed(segment, e);
            return Gone.NOTHING;
        }
    }

    private Gone expire(Segment segment, Instant now) {
        return rules.isDue(segment, now)
                ? remover.removeAll(segment, rules.rowsOf(segment, now), Order.EXPIRY)
                : Gone.NOTHING;
    }

    /**
     * Removes the oldest segments of a service, however long their classes keep them, until so many bytes have gone.
     * What is held stays, and so do rows that outlive their records. The clock is not asked: which segments are the
     * oldest does not depend on it.
     *
     * @param limit of how many segments at most
     * @throws StorageException when a store is away; the next run ends what was begun
     */
    public synchronized Pruning.Done pruneOldest(ServiceName service, long bytes, int limit) {
        remover.resume();
        List<Segment> oldest = planner.of(service);
        var tally = new Tally("quota");
        int taken = 0;
        for (Segment segment : oldest) {
            if (taken == limit || tally.all().bytes() >= bytes) {
                break;
            }
            Gone gone = attempt(
                    segment,
                    tally,
                    () -> remover.removeAll(segment, rules.rowsOf(segment, wall.instant()), Order.QUOTA));
            tally.add(segment, gone);
            taken += gone.sessions() > 0 ? 1 : 0;
        }
        remover.forgetDays(planner.empty(tally.days(), wall.instant()));
        tally.write(auditor);
        Gone all = tally.all();
        return new Pruning.Done(taken, all.sessions(), all.bytes(), (long) oldest.size() - taken);
    }

    /** What keeps sessions from being removed in time; empty when nothing does. */
    String trouble() {
        return trouble;
    }

    void failed(String why) {
        trouble = "expired sessions could not be removed: " + why;
    }
}
