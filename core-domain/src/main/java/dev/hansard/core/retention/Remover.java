// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.retention.RetentionEvidence.Range;
import dev.hansard.ports.retention.RetentionEvidence.Removing;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.retention.RetentionNotes.Removal;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.StorageException.Locked;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place where sessions are removed. The steps: note that it begins; have it proved; destroy the key of a
 * session that has one of its own; copy what stays into a segment of its own; remove the old segment; have the catalog
 * forget what went; note that it has ended.
 * Each can be done again, so the process may be killed between any two: {@link #resume} brings it to its end. Frames
 * go before the rows, because rows come back from frames but not the other way round.
 */
public final class Remover {
    private static final Logger LOG = System.getLogger(Remover.class.getName());
    private static final int BATCH = 500;
    private static final int PAGE = 1000;
    /** How far the time of an id and the start of its session may be apart. */
    private static final Duration BESIDE = Duration.ofMinutes(1);

    private static final String RESUMED = "begun by a process that ended before it was done";

    private final Segments segments;
    private final SessionCatalog catalog;
    private final HeldSessions held;
    private final RetentionNotes notes;
    private final RetentionEvidence evidence;
    private final InstantSource wall;

    /** Removes from these. */
    public Remover(
            Segments segments,
            SessionCatalog catalog,
            HeldSessions held,
            RetentionNotes notes,
            RetentionEvidence evidence,
            InstantSource wall) {
        this.wall = wall;
        this.segments = segments;
        this.catalog = catalog;
        this.held = held;
        this.notes = notes;
        this.evidence = evidence;
    }

    /**
     * Who wants something removed, and why.
     *
     * @param actor empty for the node itself
     * @param reason empty for the node itself
     */
    record Order(Cause cause, String actor, String reason) {
        static final Order EXPIRY = new Order(Cause.EXPIRED, "", "");
        static final Order QUOTA = new Order(Cause.QUOTA, "", "");
    }

    /**
     * What went.
     *
     * @param lock what kept it from going; null when nothing did
     */
    record Gone(int sessions, long bytes, @Nullable Locked lock) {
        static final Gone NOTHING = new Gone(0, 0, null);

        Gone and(Gone other) {
            return new Gone(sessions + other.sessions, bytes + other.bytes, lock == null ? other.lock : lock);
        }
    }

    /**
     * What goes of a segment.
     *
     * @param session the only one; null for all
     * @param rows what becomes of their rows
     */
    private record Task(Segment segment, @Nullable SessionId session, Segments.Rows rows) {
        Removal noted(Cause cause) {
            return new Removal(segment.key(), cause, session);
        }
    }

    /** Removes all sessions of a segment that are not held, unless the payload store's server keeps it. */
    Gone removeAll(Segment segment, Segments.Rows rows, Order order) {
        var task = new Task(segment, null, rows);
        try {
            return held.settled(segment, pinned -> remove(task, pinned, id -> !pinned.contains(id), order));
        } catch (StorageException e) {
            if (e.reason() instanceof Locked lock) {
                return new Gone(0, 0, lock);
            }
            throw e;
        }
    }

    /**
     * Removes one session of a segment.
     *
     * @return nothing when it is not in it, or held
     * @throws StorageException when the payload store's server keeps the segment
     */
    Gone removeOne(Segment segment, SessionId session, Order order) {
        return held.settled(
                segment, pinned -> pinned.contains(session) ? Gone.NOTHING : removed(segment, session, pinned, order));
    }

    private Gone removed(Segment segment, SessionId session, Set<SessionId> pinned, Order order) {
        boolean isShredded = order.cause() == Cause.ERASED && segments.hasOwnKey(segment, session);
        Order now = isShredded ? new Order(Cause.SHREDDED, order.actor(), order.reason()) : order;
        return remove(new Task(segment, session, Segments.Rows.GO), pinned, session::equals, now);
    }

    private Gone remove(Task task, Set<SessionId> pinned, Predicate<SessionId> goes, Order order) {
        Segment segment = task.segment();
        List<CatalogEntry> going = segments.records(segment).stream()
                .filter(record -> goes.test(record.summary().id()))
                .toList();
        if (going.isEmpty()) {
            return Gone.NOTHING;
        }
        boolean isShredded = order.cause() == Cause.SHREDDED;
        if (!isShredded) {
            requireNoLock(segment, pinned);
        }
        long number = notes.begin(task.noted(order.cause()));
        if (!segment.isRows()) {
            // The records of rows went before, and were proved then.
            evidence.removing(new Removing(segment.key(), order.cause(), order.actor(), order.reason(), ranges(going)));
        }
        shred(segment, task.session(), order.cause());
        try {
            segments.remove(segment, goes.negate(), task.rows());
        } catch (StorageException e) {
            // Without its key a record may stay where a lock keeps it: nobody can read it.
            if (!(e.reason() instanceof Locked && isShredded)) {
                endIfLocked(e, number);
                throw e;
            }
        }
        if (task.rows() == Segments.Rows.GO) {
            forget(segment, going);
        }
        notes.end(number);
        return new Gone(
                going.size(),
                going.stream().mapToLong(record -> record.location().length()).sum(),
                null);
    }

    /** Asked first, since the ledger is told before anything is done, and must not be told in vain each time. */
    private void requireNoLock(Segment segment, Set<SessionId> pinned) {
        Segments.Lock lock = segments.lock(segment);
        if (lock == null) {
            return;
        }
        Instant until = lock.until();
        if (until != null && until.isAfter(wall.instant())) {
            throw StorageException.locked(
                    "segment " + segment.key() + " is locked in the payload store until " + until, new Locked(until));
        }
        if (lock.isHeld() && pinned.isEmpty()) {
            throw StorageException.locked(
                    "segment " + segment.key() + " is under a legal hold in the payload store that is no hold of"
                            + " Hansard's; lift it there",
                    new Locked(null));
        }
    }

    /** The records as few ranges as can be. */
    private static List<Range> ranges(List<CatalogEntry> records) {
        Map<NodeName, Range> open = new HashMap<>();
        var ranges = new ArrayList<Range>();
        List<CatalogEntry> ordered = records.stream()
                .sorted(Comparator.comparingLong(CatalogEntry::sequence))
                .toList();
        for (CatalogEntry record : ordered) {
            NodeName node = record.summary().node();
            Range last = open.get(node);
            if (last != null && record.sequence() <= last.last() + 1) {
                open.put(node, new Range(node, last.first(), record.sequence()));
            } else {
                if (last != null) {
                    ranges.add(last);
                }
                open.put(node, new Range(node, record.sequence(), record.sequence()));
            }
        }
        ranges.addAll(open.values());
        ranges.sort(Comparator.comparing((Range range) -> range.node().value()).thenComparingLong(Range::first));
        return ranges;
    }

    private void forget(Segment segment, List<CatalogEntry> gone) {
        List<SessionId> ids = gone.stream()
                .map(CatalogEntry::summary)
                .filter(summary -> isShownFrom(segment, summary))
                .map(SessionSummary::id)
                .distinct()
                .toList();
        forget(ids);
    }

    /**
     * A call that broke off can have a second record, which knows more and may lie elsewhere: that one is shown. A row
     * of a session that was held since is shown from its record.
     */
    private boolean isShownFrom(Segment segment, SessionSummary summary) {
        return (summary.knowledge() == 2 && !segment.isRows()) || liesIn(segment, summary.id());
    }

    private boolean liesIn(Segment segment, SessionId id) {
        return catalog.find(id)
                .map(entry -> entry.location().container().equals(segment.key()))
                .orElse(false);
    }

    private void forget(List<SessionId> ids) {
        for (int from = 0; from < ids.size(); from += BATCH) {
            catalog.forget(ids.subList(from, Math.min(from + BATCH, ids.size())));
        }
    }

    /** Brings to their end the removals that a process began which has ended; one that still runs has its turn. */
    void resume() {
        held.inTurn(this::resumeAll);
    }

    private void resumeAll() {
        for (RetentionNotes.Open open : notes.open()) {
            Segment segment = Segment.parse(open.removal().segment());
            if (segment == null || isResumed(segment, open.removal())) {
                notes.end(open.number());
            }
        }
    }

    /** One whose segment is damaged stays noted, and must not keep the others. */
    private boolean isResumed(Segment segment, Removal removal) {
        try {
            resume(segment, removal);
            return true;
        } catch (StorageException e) {
            if (e.isOutage()) {
                throw e;
            }
            LOG.log(Level.WARNING, "The removal from {0} cannot be ended: {1}", segment.key(), e.getMessage());
            return false;
        }
    }

    private void resume(Segment segment, Removal removal) {
        SessionId one = removal.session();
        if (segments.size(segment) == null) {
            forgetRows(segment, one);
        } else if (one != null) {
            // Wanted whatever has been configured since; but a hold placed since keeps it.
            held.settled(segment, pinned -> pinned.contains(one) || finish(segment, one, removal.cause()));
        }
        // A whole segment that is still there is for the next plan: the rules may have changed.
    }

    private void shred(Segment segment, @Nullable SessionId one, Cause cause) {
        if (one != null && cause == Cause.SHREDDED) {
            segments.shred(segment, one);
        }
    }

    /** Locked since it was asked: nothing was begun that would have to be ended. */
    private void endIfLocked(StorageException e, long number) {
        if (e.reason() instanceof Locked) {
            notes.end(number);
        }
    }

    private boolean finish(Segment segment, SessionId one, Cause cause) {
        List<CatalogEntry> going = segments.records(segment).stream()
                .filter(record -> record.summary().id().equals(one))
                .toList();
        if (!going.isEmpty()) {
            // Nobody knows whether the last process came to prove it: better twice than never.
            evidence.removing(new Removing(segment.key(), cause, "", RESUMED, ranges(going)));
        }
        shred(segment, one, cause);
        segments.remove(segment, id -> !id.equals(one));
        forgetRows(segment, one);
        return true;
    }

    /** The segment is gone and cannot be asked: the catalog knows which of its rows point there. */
    private void forgetRows(Segment segment, @Nullable SessionId one) {
        if (one != null) {
            if (liesIn(segment, one)) {
                forget(List.of(one));
            }
            return;
        }
        SessionQuery query = new SessionQuery(
                List.of(segment.service()),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                segment.hour(),
                segment.end());
        SessionId olderThan = null;
        do {
            SessionCatalog.Slice slice = catalog.slice(query, olderThan, PAGE);
            forget(slice.items().stream()
                    .map(SessionSummary::id)
                    .filter(id -> liesIn(segment, id))
                    .toList());
            olderThan = slice.next();
        } while (olderThan != null);
    }

    /** Lets the catalog drop what it keeps for days of which no segment is left. */
    void forgetDays(Set<LocalDate> days) {
        Set<LocalDate> empty = days.stream().filter(this::isEmpty).collect(Collectors.toSet());
        if (!empty.isEmpty()) {
            catalog.forgetDays(empty);
        }
    }

    /** What went has no row any more; so one that is there is of a session that still lies in a spool. */
    private boolean isEmpty(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        SessionQuery query = new SessionQuery(
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                start.minus(BESIDE),
                start.plus(Duration.ofDays(1)).plus(BESIDE));
        SessionId olderThan = null;
        do {
            SessionCatalog.Slice slice = catalog.slice(query, olderThan, 1);
            if (!slice.items().isEmpty()) {
                return false;
            }
            olderThan = slice.next();
        } while (olderThan != null);
        return true;
    }

    /** What is held of a segment's records. */
    int heldIn(Segment segment) {
        return held.settled(segment, pinned -> count(segment, pinned));
    }

    private int count(Segment segment, Set<SessionId> pinned) {
        if (pinned.isEmpty()) {
            return 0;
        }
        return (int) segments.records(segment).stream()
                .filter(record -> pinned.contains(record.summary().id()))
                .count();
    }
}
