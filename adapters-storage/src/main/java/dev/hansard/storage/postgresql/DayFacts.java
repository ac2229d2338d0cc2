// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.SessionQuery;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What is known of a day without looking at its sessions, so that a search skips most days and knows how wide its steps
 * may be.
 *
 * @param day counted from 1970-01-01
 * @param sessions how many there are
 * @param lastSequence highest sequence; 0 when there are no sessions
 * @param firstMillis time of the lowest id
 * @param lastMillis time of the highest id
 * @param skewMillis most that a session's start differs from the time in its id: more than a moment only after jumps of
 *     the clock, but a search for a time must not miss those sessions
 */
record DayFacts(int day, long sessions, long lastSequence, long firstMillis, long lastMillis, long skewMillis) {
    private static final String SELECT = "SELECT day, sessions, coalesce(last_sequence, 0), first_millis, last_millis,"
            + " skew_millis FROM day ORDER BY day DESC";

    /** All days, the newest first. */
    static List<DayFacts> all(Handle handle) {
        return handle.select(SELECT)
                .map((row, _) -> new DayFacts(
                        row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)))
                .list();
    }

    /** The first millisecond, by id, in which a session that the query looks for can lie. */
    long from(SessionQuery query) {
        return query.after() == null
                ? firstMillis
                : Math.max(firstMillis, SessionIds.millis(query.after()) - skewMillis - 1);
    }

    /** The last such millisecond; before {@link #from} when there is none. */
    long to(SessionQuery query) {
        return query.before() == null
                ? lastMillis
                : Math.min(lastMillis, SessionIds.millis(query.before()) + skewMillis + 1);
    }

    /** A stretch of time in which about that many sessions lie. */
    long millisOf(int someSessions) {
        double span = (double) lastMillis - firstMillis + 1;
        return Math.max(1, (long) (span * someSessions / Math.max(1, sessions)));
    }
}
