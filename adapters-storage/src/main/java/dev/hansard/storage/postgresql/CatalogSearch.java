// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog.Slice;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Searches from the newest day to the oldest. A search that an index answers in its order takes one statement. One that
 * reads sessions to throw them away goes in steps, each over a stretch of ids that holds about a given number of
 * sessions, and a slice takes a given number of steps: so a search for what does not exist ends in bounded time, and
 * the bound of its last step is the cursor to go on from.
 */
final class CatalogSearch {
    /** Most services that are searched one by one, each on the index; more are filtered on the index by id. */
    private static final int MAX_MERGED_SERVICES = 32;
    /** Fewest sessions to read at once when some of them are thrown away. */
    private static final int MIN_CHUNK = 500;

    private static final String BY_ID = "SELECT " + SessionRows.SUMMARY + " " + """
            FROM session s WHERE s.id >= ? AND s.id < ?%s ORDER BY s.id DESC LIMIT ?""";

    private static final String BY_SERVICE = "SELECT " + SessionRows.SUMMARY + " " + """
            FROM unnest(?) AS asked(service) CROSS JOIN LATERAL (
                SELECT * FROM session s
                WHERE s.service = asked.service AND s.id >= ? AND s.id < ?%s
                ORDER BY s.id DESC LIMIT ?) s
            ORDER BY s.id DESC LIMIT ?""";

    private static final String SINCE = SessionRows.ENTRY.formatted("""
            SELECT * FROM session s
            WHERE s.sequence > ? AND s.sequence <= ? AND s.id >= ? AND s.id < ?%s
            ORDER BY s.sequence LIMIT ?""");

    private final int stepSessions;
    private final int steps;

    /**
     * A search that is bounded so.
     *
     * @param stepSessions about how many sessions one step of a filtered search looks at
     * @param steps most steps of one slice
     */
    CatalogSearch(int stepSessions, int steps) {
        this.stepSessions = stepSessions;
        this.steps = steps;
    }

    /** Sessions of some services, or of any when there are none, that fit and whose ids lie between. */
    private record Range(List<ServiceName> services, Conditions conditions, SessionId from, SessionId to) {
        Range before(SessionId id) {
            return new Range(services, conditions, from, id);
        }
    }

    Slice slice(Handle handle, SessionQuery query, @Nullable SessionId olderThan, int limit) {
        var services = query.services().stream().distinct().toList();
        boolean merged = services.size() <= MAX_MERGED_SERVICES;
        var conditions = merged ? Conditions.of(query) : Conditions.of(query).andServices(services);
        var of = merged ? services : List.<ServiceName>of();
        List<DayFacts> days = DayFacts.all(handle).stream()
                .filter(day -> day.from(query) <= day.to(query))
                .toList();
        if (days.isEmpty()) {
            return new Slice(List.of(), null);
        }
        if (conditions.isSelective()) {
            return inSteps(handle, days, query, new Range(of, conditions, floor(), floor()), olderThan, limit);
        }
        return straight(handle, days, of, olderThan, limit);
    }

    /**
     * What the indexes answer in their order. The newest day nearly always holds a whole page, and a plan for all days
     * would cost more than the search: so it looks at one, then at two more, then at four.
     */
    private static Slice straight(
            Handle handle, List<DayFacts> days, List<ServiceName> services, @Nullable SessionId olderThan, int limit) {
        var found = new ArrayList<SessionSummary>();
        var conditions = Conditions.of(SessionQuery.ALL);
        SessionId end = SessionIds.firstOf(days.getFirst().lastMillis() + 1);
        SessionId to = olderThan == null ? end : olderThan;
        int count = 1;
        for (int at = 0; at < days.size(); at += count, count *= 2) {
            DayFacts last = days.get(Math.min(days.size(), at + count) - 1);
            SessionId from = SessionIds.firstOf(last.firstMillis());
            if (from.compareTo(to) >= 0) {
                continue;
            }
            found.addAll(newest(handle, new Range(services, conditions, from, to), limit - found.size()));
            if (found.size() == limit) {
                return new Slice(found, found.getLast().id());
            }
            to = from;
        }
        return new Slice(found, null);
    }

    private static SessionId floor() {
        return SessionIds.firstOf(0);
    }

    private Slice inSteps(
            Handle handle,
            List<DayFacts> days,
            SessionQuery query,
            Range of,
            @Nullable SessionId olderThan,
            int limit) {
        var found = new ArrayList<SessionSummary>();
        int left = steps;
        for (DayFacts day : days) {
            SessionId first = SessionIds.firstOf(day.from(query));
            SessionId to = SessionIds.firstOf(day.to(query) + 1);
            to = olderThan != null && olderThan.compareTo(to) < 0 ? olderThan : to;
            while (to.compareTo(first) > 0) {
                if (left-- == 0) {
                    return new Slice(found, to);
                }
                SessionId from = SessionIds.firstOf(
                        Math.max(first.epochMillis(), to.epochMillis() - day.millisOf(stepSessions)));
                var step = new Range(of.services(), of.conditions(), from, to);
                found.addAll(fitting(handle, step, limit - found.size()));
                if (found.size() == limit) {
                    return new Slice(found, found.getLast().id());
                }
                to = from;
            }
        }
        return new Slice(found, null);
    }

    private static List<SessionSummary> fitting(Handle handle, Range range, int limit) {
        if (!range.conditions().hasWildcards()) {
            return newest(handle, range, limit);
        }
        int chunk = Math.max(MIN_CHUNK, limit);
        var found = new ArrayList<SessionSummary>();
        Range left = range;
        while (true) {
            List<SessionSummary> read = newest(handle, left, chunk);
            read.stream()
                    .filter(range.conditions()::accepts)
                    .limit(limit - found.size())
                    .forEach(found::add);
            if (read.size() < chunk || found.size() == limit) {
                return found;
            }
            left = left.before(read.getLast().id());
        }
    }

    private static List<SessionSummary> newest(Handle handle, Range range, int limit) {
        boolean byService = !range.services().isEmpty();
        var values = new ArrayList<Object>();
        if (byService) {
            values.add(range.services().stream().map(ServiceName::value).toArray(String[]::new));
        }
        values.add(SessionIds.toUuid(range.from()));
        values.add(SessionIds.toUuid(range.to()));
        values.addAll(range.conditions().values());
        values.add(limit);
        if (byService) {
            values.add(limit);
        }
        String sql =
                (byService ? BY_SERVICE : BY_ID).formatted(range.conditions().sql());
        return handle.select(sql, values.toArray())
                .map((row, _) -> SessionRows.summary(row))
                .list();
    }

    /**
     * Those after a sequence, in its order. Numbers are given and become visible one transaction after the other, so
     * all up to the highest that the days tell of are there, and in these days; what came while this reads is left for
     * the next time.
     */
    List<CatalogEntry> since(Handle handle, long sequence, SessionQuery query, int limit) {
        List<DayFacts> days = DayFacts.all(handle).stream()
                .filter(day -> day.lastSequence() > sequence)
                .toList();
        if (days.isEmpty()) {
            return List.of();
        }
        var conditions = Conditions.of(query).andServices(query.services());
        String sql = SINCE.formatted(conditions.sql());
        int chunk = conditions.hasWildcards() ? Math.max(MIN_CHUNK, limit) : limit;
        var found = new ArrayList<CatalogEntry>();
        long after = sequence;
        while (true) {
            List<CatalogEntry> read = handle.select(
                            sql, sinceValues(days, after, conditions, chunk).toArray())
                    .map((row, _) -> SessionRows.entry(row))
                    .list();
            read.stream()
                    .filter(entry -> conditions.accepts(entry.summary()))
                    .limit(limit - found.size())
                    .forEach(found::add);
            if (read.size() < chunk || found.size() == limit) {
                return found;
            }
            after = read.getLast().sequence();
        }
    }

    private static List<Object> sinceValues(List<DayFacts> days, long after, Conditions conditions, int limit) {
        var values = new ArrayList<Object>();
        values.add(after);
        values.add(days.stream().mapToLong(DayFacts::lastSequence).max().orElse(0));
        values.add(SessionIds.boundOf(days.getLast().day()));
        values.add(SessionIds.boundOf(days.getFirst().day() + 1));
        values.addAll(conditions.values());
        values.add(limit);
        values.add(days.getLast().day());
        values.add(days.getFirst().day());
        return values;
    }
}
