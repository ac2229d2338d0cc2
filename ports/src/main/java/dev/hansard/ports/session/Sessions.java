// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way in for people and programs that look at sessions. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Sessions {
    /** Most sessions of one page. */
    int MAX_LIMIT = 1000;

    /**
     * One page, newest first. It may hold less than asked, or nothing, and still have a next one, when few sessions of
     * many fit.
     *
     * @param query in the query language, such as {@code service:payments status:>=500}; empty for all
     * @param cursor {@link Page#nextCursor()} of the page before; null for the first. It belongs to its query
     * @param limit 1 to {@link #MAX_LIMIT}
     * @throws InvalidQueryException when query, cursor or limit is wrong
     */
    Page list(String query, @Nullable String cursor, int limit);

    Optional<Session> find(SessionId id);

    /**
     * The kept content of one message in its content coding as sent. The caller closes it.
     *
     * @throws StorageException with {@link StorageException.Doubtful} when the record is not what was entered
     */
    Optional<InputStream> openBody(SessionId id, Direction direction, Doubt doubt);

    /** How the record of a session stands to the ledger; the whole record is read for it. */
    Standing standing(SessionId id);

    /**
     * What becomes of a content whose record is not what was entered in the ledger.
     *
     * @since 0.1
     */
    enum Doubt {
        /** It is not handed out. */
        REFUSE,
        /** Somebody wants to see it all the same, and knows. */
        SHOW
    }

    /**
     * Sessions recorded after {@code sequence} that fit, oldest first; waits up to {@code wait} for the first.
     *
     * @throws InvalidQueryException when the query is wrong
     */
    List<CatalogEntry> tail(String query, long sequence, int limit, Duration wait);

    /** The sequence of the newest session; a tail from here shows only what comes. */
    long lastSequence();

    /** Some sessions and the way to the next. */
    record Page(List<SessionSummary> items, @Nullable String nextCursor) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
