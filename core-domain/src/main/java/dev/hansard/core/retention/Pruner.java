// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.Remover.Gone;
import dev.hansard.core.retention.Remover.Order;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.retention.StorageUse;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Of days this close something may still be in the spool. */
    private static final int SPOOL_DAYS = 3;

    private final Planner planner;
    private final Consumption consumption;
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
        this.consumption = new Consumption(planner, segments, rules);
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

    /** What is stored now. */
    StorageUse use() {
        return consumption.at(wall.instant());
    }

    private static int most(long all) {
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
     * @throws dev.hansard.ports.session.StorageException when a store fails; the next run ends what was begun
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
        var tally = new Tally();
        int taken = 0;
        int examined = 0;
        for (Segment segment : due.segments()) {
            if (taken == most) {
                break;
            }
            examined++;
            // Asked again for each: a run can take long.
            Gone gone = expire(segment, wall.instant());
            tally.add(segment, gone);
            taken += gone.sessions() > 0 ? 1 : 0;
        }
        remover.forgetDays(daysWithoutAny(tally.days(), now));
        tally.write(auditor);
        long left = (long) due.segments().size() - examined;
        trouble = Stream.of(waiting(left, most), tally.locked())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        Gone all = tally.all();
        return new Pruning.Done(taken, all.sessions(), all.bytes(), left);
    }

    private static String waiting(long left, int most) {
        return left == 0 ? "" : left + " segments are due and wait for the next run, since one takes at most " + most;
    }

    private Gone expire(Segment segment, Instant now) {
        return rules.isDue(segment, now)
                ? remover.removeAll(segment, rules.rowsOf(segment, now), Order.EXPIRY)
                : Gone.NOTHING;
    }

    /** Days long past without a segment, nor one of the hours beside: an id may be of the day beside its hour. */
    private Set<LocalDate> daysWithoutAny(Set<LocalDate> days, Instant now) {
        Set<Instant> left = days.isEmpty() ? Set.of() : planner.hours();
        return days.stream()
                .filter(day -> !now.isBefore(startOf(day.plusDays(SPOOL_DAYS))))
                .filter(day -> left.stream()
                        .noneMatch(hour -> !hour.isBefore(startOf(day).minus(Segment.SPAN))
                                && !hour.isAfter(startOf(day.plusDays(1)))))
                .collect(Collectors.toSet());
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** What keeps sessions from being removed in time; empty when nothing does. */
    String trouble() {
        return trouble;
    }

    void failed(String why) {
        trouble = "expired sessions could not be removed: " + why;
    }

    /** What went, for the audit log: an entry for each service and class. */
    private static final class Tally {
        private final Map<List<Object>, Gone> byClass = new LinkedHashMap<>();

        private final Set<LocalDate> days = new HashSet<>();

        private int locked;

        private @Nullable Instant until;

        Set<LocalDate> days() {
            return days;
        }

        /** What the payload store's server did not let go; empty when there is nothing. */
        String locked() {
            String end = until == null ? "until somebody lifts its legal hold" : "the first until " + until;
            return locked == 0
                    ? ""
                    : locked + " segments are due, but the object lock of the payload store keeps them, " + end;
        }

        void add(Segment segment, Gone gone) {
            if (gone.lock() != null) {
                locked++;
                Instant end = gone.lock().until();
                until = until == null || (end != null && end.isBefore(until)) ? end : until;
            }
            if (gone.sessions() > 0) {
                days.add(LocalDate.ofInstant(segment.hour(), ZoneOffset.UTC));
                ServiceName service = segment.service();
                RetentionClass retention = segment.retention();
                byClass.merge(List.of(service, retention, segment.isRows()), gone, Gone::and);
            }
        }

        Gone all() {
            return byClass.values().stream().reduce(Gone.NOTHING, Gone::and);
        }

        void write(Auditor auditor) {
            byClass.forEach((where, gone) -> auditor.node(
                    AuditAction.SESSIONS_REMOVED,
                    where.get(0) + "/" + where.get(1) + (where.get(2).equals(true) ? " rows" : "") + " expired: "
                            + gone.sessions() + " sessions, " + gone.bytes() + " bytes"));
        }
    }
}
