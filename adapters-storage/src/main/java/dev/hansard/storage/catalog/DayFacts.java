// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a day file without opening it, so that a search skips most of them.
 *
 * @param rows sessions in it
 * @param firstSequence lowest sequence
 * @param lastSequence highest sequence; 0 when there are no rows
 * @param firstMillis time of the lowest id
 * @param lastMillis time of the highest id
 * @param skewMillis most that a session's start differs from the time in its id: more than a moment only after jumps of
 *     the clock, but a search for a time must not miss those sessions
 * @param services names of the services in it
 */
record DayFacts(
        long rows,
        long firstSequence,
        long lastSequence,
        long firstMillis,
        long lastMillis,
        long skewMillis,
        Set<String> services) {
    static final DayFacts EMPTY = new DayFacts(0, Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, Set.of());

    DayFacts {
        services = Set.copyOf(services);
    }

    /** With new sessions, and with others that took the place of ones that were there. */
    DayFacts with(Collection<CatalogEntry> inserted, Collection<CatalogEntry> replaced) {
        DayFacts facts = this;
        for (CatalogEntry entry : inserted) {
            facts = facts.counting(entry).covering(entry.summary());
        }
        for (CatalogEntry entry : replaced) {
            facts = facts.covering(entry.summary());
        }
        return facts;
    }

    /** With so many sessions less. What else is known may then say more than there is, which only costs time. */
    DayFacts without(int gone) {
        return new DayFacts(rows - gone, firstSequence, lastSequence, firstMillis, lastMillis, skewMillis, services);
    }

    private DayFacts counting(CatalogEntry entry) {
        return new DayFacts(
                rows + 1,
                Math.min(firstSequence, entry.sequence()),
                Math.max(lastSequence, entry.sequence()),
                firstMillis,
                lastMillis,
                skewMillis,
                services);
    }

    private DayFacts covering(SessionSummary session) {
        long idMillis = session.id().epochMillis();
        long skew = Math.abs(SessionIds.millis(session.startedAt()) - idMillis);
        return new DayFacts(
                rows,
                firstSequence,
                lastSequence,
                Math.min(firstMillis, idMillis),
                Math.max(lastMillis, idMillis),
                Math.max(skewMillis, skew),
                including(session.service().value()));
    }

    private Set<String> including(String service) {
        if (services.contains(service)) {
            return services;
        }
        var more = new TreeSet<>(services);
        more.add(service);
        return more;
    }

    /** The first millisecond, by id, in which a session that the query looks for can lie. */
    long from(SessionQuery query) {
        return query.after() == null
                ? firstMillis
                : Math.max(firstMillis, SessionIds.millis(query.after()) - skewMillis - 1);
    }

    /**
     * The last millisecond, by id, in which a session that the query looks for can lie; before {@link #from} when none
     * can.
     */
    long to(SessionQuery query) {
        return query.before() == null
                ? lastMillis
                : Math.min(lastMillis, SessionIds.millis(query.before()) + skewMillis + 1);
    }

    /** A stretch of time in which about that many rows lie. */
    long millisOf(int someRows) {
        double span = (double) lastMillis - firstMillis + 1;
        return Math.max(1, (long) (span * someRows / Math.max(1, rows)));
    }
}
