// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.RecordWitness;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionDesk;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.Sessions.Page;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads sessions back for people and programs: lists from the catalog, whole ones from the archive. */
public final class RecordedSessions implements SessionDesk {
    /** How often a waiting tail looks at the catalog, which records reach within a second or so. */
    public static final Duration TAIL_INTERVAL = Duration.ofMillis(200);

    /** How many slices of the catalog one page may cost when few sessions fit. */
    static final int MAX_SLICES = 16;

    private final SessionCatalog catalog;
    private final SessionArchive archive;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Pause pause;
    private final Auditor auditor;
    private final RecordWitness witness;

    /**
     * Reads from a catalog and an archive.
     *
     * @param time what relative times in queries count from
     * @param auditor writes down who reads a content
     * @param witness says whether a record is what was entered in the ledger
     */
    public RecordedSessions(
            SessionCatalog catalog, SessionArchive archive, Time time, Auditor auditor, RecordWitness witness) {
        this.catalog = catalog;
        this.archive = archive;
        this.clock = time.clock();
        this.nanos = time.nanos();
        this.pause = time.pause();
        this.auditor = auditor;
        this.witness = witness;
    }

    /**
     * Where time comes from.
     *
     * @param nanos elapsed time
     * @param pause how a tail rests between two looks
     */
    public record Time(InstantSource clock, LongSupplier nanos, Pause pause) {}

    @Override
    public Sessions of(Visitor visitor) {
        return new View(visitor);
    }

    private Page list(Scope scope, String query, @Nullable String cursor, int limit) {
        requireLimit(limit);
        String text = query.strip();
        PageCursor from = cursor == null ? null : PageCursor.read(cursor, text);
        Instant now = from == null ? clock.instant() : from.now();
        SessionQuery parsed = ScopedQuery.within(scope, QueryParser.parse(query, now));
        if (parsed == null) {
            return new Page(List.of(), null);
        }
        var items = new ArrayList<SessionSummary>();
        SessionId next = from == null ? null : from.last();
        for (int slices = 0; slices < MAX_SLICES; slices++) {
            SessionCatalog.Slice slice = catalog.slice(parsed, next, limit - items.size());
            items.addAll(slice.items());
            next = slice.next();
            if (next == null || items.size() == limit) {
                break;
            }
        }
        return new Page(items, next == null ? null : new PageCursor(PageCursor.hashOf(text), now, next).toString());
    }

    /** Relative times count from the call. An interrupt ends the wait, and stays set. */
    private List<CatalogEntry> tail(Scope scope, String query, long sequence, int limit, Duration wait) {
        requireLimit(limit);
        SessionQuery parsed = ScopedQuery.within(scope, QueryParser.parse(query, clock.instant()));
        long start = nanos.getAsLong();
        long looked = sequence;
        while (true) {
            // Read first: what is indexed from here on is looked at in the next round.
            long newest = catalog.lastSequence();
            List<CatalogEntry> found =
                    newest > looked && parsed != null ? catalog.since(sequence, parsed, limit) : List.of();
            long left = wait.toNanos() - (nanos.getAsLong() - start);
            if (!found.isEmpty() || left <= 0 || !rest(Math.min(left, TAIL_INTERVAL.toNanos()))) {
                return found;
            }
            looked = Math.max(looked, newest);
        }
    }

    private boolean rest(long nanoseconds) {
        try {
            pause.rest(Duration.ofNanos(nanoseconds));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > Sessions.MAX_LIMIT) {
            throw new InvalidQueryException("limit must be 1 to " + Sessions.MAX_LIMIT + ", but is " + limit, 0);
        }
    }

    /** The sessions as one visitor sees them. */
    private final class View implements Sessions {
        private final Visitor visitor;
        private boolean noted;
        private @Nullable SessionId compared;
        private Standing standing = Standing.of(Standing.State.UNKNOWN);

        View(Visitor visitor) {
            this.visitor = visitor;
        }

        private Scope seen() {
            auditor.require(visitor, Permission.SEE_SESSIONS, "sessions");
            return visitor.access().scope(Permission.SEE_SESSIONS);
        }

        @Override
        public Page list(String query, @Nullable String cursor, int limit) {
            return RecordedSessions.this.list(seen(), query, cursor, limit);
        }

        @Override
        public Optional<Session> find(SessionId id) {
            Scope scope = seen();
            try {
                return archive.find(id).filter(session -> scope.contains(session.service()));
            } catch (StorageException e) {
                if (e.reason() instanceof StorageException.Removed(SessionSummary left)
                        && !scope.contains(left.service())) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        /** {@inheritDoc} It is written down once for each view, however often a request has to open it. */
        @Override
        public Optional<InputStream> openBody(SessionId id, Direction direction, Doubt doubt) {
            String object = direction.name().toLowerCase(Locale.ROOT) + " of " + id;
            auditor.require(visitor, Permission.READ_PAYLOADS, object);
            auditor.requireReason(visitor, object);
            Optional<Session> session = find(id);
            if (session.isEmpty()) {
                return Optional.empty();
            }
            auditor.require(visitor, Permission.READ_PAYLOADS, session.get().service(), object);
            if (!noted) {
                auditor.does(visitor, AuditAction.PAYLOAD_READ, direction.name().toLowerCase(Locale.ROOT), id);
                noted = true;
            }
            if (doubt == Doubt.REFUSE) {
                requireIntact(session.get());
            }
            return archive.openBody(id, direction);
        }

        private void requireIntact(Session session) {
            Standing now = standing(session);
            if (now.isDoubtful()) {
                throw StorageException.doubtful("record of " + session.id() + " is not what was entered", now);
            }
        }

        @Override
        public Standing standing(SessionId id) {
            return find(id).map(this::standing).orElse(Standing.of(Standing.State.UNKNOWN));
        }

        /** Compared once for each view, however often a request has to open it. */
        private Standing standing(Session session) {
            if (!session.id().equals(compared)) {
                standing = witness.of(session);
                compared = session.id();
            }
            return standing;
        }

        @Override
        public List<CatalogEntry> tail(String query, long sequence, int limit, Duration wait) {
            return RecordedSessions.this.tail(seen(), query, sequence, limit, wait);
        }

        @Override
        public long lastSequence() {
            return catalog.lastSequence();
        }
    }
}
