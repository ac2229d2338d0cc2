// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads sessions back for people and programs: lists from the catalog, whole ones from the archive. */
public final class RecordedSessions implements Sessions {
    /** How often a waiting tail looks at the catalog, which records reach within a second or so. */
    public static final Duration TAIL_INTERVAL = Duration.ofMillis(200);

    /** How many slices of the catalog one page may cost when few sessions fit. */
    static final int MAX_SLICES = 16;

    private final SessionCatalog catalog;
    private final SessionArchive archive;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Pause pause;

    /**
     * Reads from a catalog and an archive.
     *
     * @param clock what relative times in queries count from
     * @param nanos elapsed time
     * @param pause how a tail rests between two looks
     */
    public RecordedSessions(
            SessionCatalog catalog, SessionArchive archive, InstantSource clock, LongSupplier nanos, Pause pause) {
        this.catalog = catalog;
        this.archive = archive;
        this.clock = clock;
        this.nanos = nanos;
        this.pause = pause;
    }

    @Override
    public Page list(String query, @Nullable String cursor, int limit) {
        requireLimit(limit);
        String text = query.strip();
        PageCursor from = cursor == null ? null : PageCursor.read(cursor, text);
        Instant now = from == null ? clock.instant() : from.now();
        SessionQuery parsed = QueryParser.parse(query, now);
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

    @Override
    public Optional<Session> find(SessionId id) {
        return archive.find(id);
    }

    @Override
    public Optional<InputStream> openBody(SessionId id, Direction direction) {
        return archive.openBody(id, direction);
    }

    /** {@inheritDoc} Relative times count from the call. An interrupt ends the wait, and stays set. */
    @Override
    public List<CatalogEntry> tail(String query, long sequence, int limit, Duration wait) {
        requireLimit(limit);
        SessionQuery parsed = QueryParser.parse(query, clock.instant());
        long start = nanos.getAsLong();
        long looked = sequence;
        while (true) {
            // Read first: what is indexed from here on is looked at in the next round.
            long newest = catalog.lastSequence();
            List<CatalogEntry> found = newest > looked ? catalog.since(sequence, parsed, limit) : List.of();
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

    @Override
    public long lastSequence() {
        return catalog.lastSequence();
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidQueryException("limit must be 1 to " + MAX_LIMIT + ", but is " + limit, 0);
        }
    }
}
