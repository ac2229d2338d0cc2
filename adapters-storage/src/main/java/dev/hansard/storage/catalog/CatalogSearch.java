// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog.Slice;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches day by day, the newest first, and within a day in steps: a step looks at a stretch of ids that holds about a
 * given number of rows, and a slice takes a given number of steps. So a search for what does not exist ends in bounded
 * time, and the bound of its last step is the cursor to go on from.
 */
final class CatalogSearch {
    /** Most services that are searched one by one; more are filtered on the index by id. */
    private static final int MAX_MERGED_SERVICES = 32;
    /** Fewest rows to read at once when some of them are thrown away. */
    private static final int MIN_CHUNK = 500;

    private static final Comparator<SessionSummary> NEWEST_FIRST =
            Comparator.comparing(SessionSummary::id).reversed();

    private final DayFiles files;
    private final H2CatalogSettings settings;

    CatalogSearch(DayFiles files, H2CatalogSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    Slice slice(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        var conditions = Conditions.of(query);
        var found = new ArrayList<SessionSummary>();
        int stepsLeft = settings.windows();
        for (Map.Entry<LocalDate, DayFacts> day :
                files.book(DayBook::facts).descendingMap().entrySet()) {
            DayFacts facts = day.getValue();
            List<String> services = servicesOf(query, facts);
            SessionId to = SessionIds.firstOf(Math.max(-1, facts.to(query)) + 1);
            to = olderThan != null && olderThan.compareTo(to) < 0 ? olderThan : to;
            long first = facts.from(query);
            if (services != null && services.isEmpty()) {
                continue;
            }
            var narrowed = services == null ? conditions.andServices(query.services()) : conditions;
            while (to.compareTo(SessionIds.firstOf(first)) > 0) {
                if (stepsLeft-- == 0) {
                    return new Slice(found, to);
                }
                SessionId from = stepDown(narrowed, facts, first, to);
                found.addAll(step(day.getKey(), services, narrowed, from, to, limit - found.size()));
                if (found.size() == limit) {
                    return new Slice(found, found.getLast().id());
                }
                to = from;
            }
        }
        return new Slice(found, null);
    }

    private SessionId stepDown(Conditions conditions, DayFacts facts, long first, SessionId to) {
        if (!conditions.isSelective()) {
            return SessionIds.firstOf(first);
        }
        return SessionIds.firstOf(Math.max(first, to.epochMillis() - facts.millisOf(settings.windowRows())));
    }

    /**
     * The services to search one by one; null to search on the index by id. The index by service carries the status, so
     * that a search by status alone is several times faster service by service.
     */
    private static @Nullable List<String> servicesOf(SessionQuery query, DayFacts facts) {
        if (!query.services().isEmpty()) {
            List<String> asked = query.services().stream()
                    .map(ServiceName::value)
                    .distinct()
                    .filter(facts.services()::contains)
                    .toList();
            return asked.size() > MAX_MERGED_SERVICES ? null : asked;
        }
        boolean isByStatus = !query.statuses().isEmpty() && facts.services().size() <= MAX_MERGED_SERVICES;
        return isByStatus ? List.copyOf(facts.services()) : null;
    }

    private List<SessionSummary> step(
            LocalDate day,
            @Nullable List<String> services,
            Conditions conditions,
            SessionId from,
            SessionId to,
            int limit) {
        return files.read(day, file -> {
                    if (services == null) {
                        return newest(file, null, conditions, from, to, limit);
                    }
                    return services.stream()
                            .map(service -> newest(file, service, conditions, from, to, limit))
                            .flatMap(Collection::stream)
                            .sorted(NEWEST_FIRST)
                            .limit(limit)
                            .toList();
                })
                .orElse(List.of());
    }

    private static List<SessionSummary> newest(
            DayFile file, @Nullable String service, Conditions conditions, SessionId from, SessionId to, int limit) {
        if (!conditions.hasWildcards()) {
            return file.newest(service, conditions, from, to, limit);
        }
        int chunk = Math.max(MIN_CHUNK, limit);
        var found = new ArrayList<SessionSummary>();
        SessionId before = to;
        while (true) {
            List<SessionSummary> read = file.newest(service, conditions, from, before, chunk);
            read.stream()
                    .filter(conditions::accepts)
                    .limit(limit - found.size())
                    .forEach(found::add);
            if (read.size() < chunk || found.size() == limit) {
                return found;
            }
            before = read.getLast().id();
        }
    }

    /**
     * Sequences follow the end of sessions and days their beginning: the sequences of two days overlap around midnight.
     */
    List<CatalogEntry> since(long sequence, SessionQuery query, int limit) {
        var conditions = Conditions.of(query).andServices(query.services());
        var days = files.book(DayBook::facts).entrySet().stream()
                .filter(day -> day.getValue().lastSequence() > sequence)
                .sorted(Comparator.comparingLong(day -> day.getValue().firstSequence()))
                .toList();
        List<CatalogEntry> found = List.of();
        for (Map.Entry<LocalDate, DayFacts> day : days) {
            if (found.size() == limit
                    && day.getValue().firstSequence() > found.getLast().sequence()) {
                break;
            }
            found = merged(found, since(day.getKey(), sequence, conditions, limit), limit);
        }
        return found;
    }

    private List<CatalogEntry> since(LocalDate day, long sequence, Conditions conditions, int limit) {
        int chunk = conditions.hasWildcards() ? Math.max(MIN_CHUNK, limit) : limit;
        var found = new ArrayList<CatalogEntry>();
        long after = sequence;
        while (true) {
            long from = after;
            List<CatalogEntry> read =
                    files.read(day, file -> file.since(from, conditions, chunk)).orElse(List.of());
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

    private static List<CatalogEntry> merged(List<CatalogEntry> left, List<CatalogEntry> right, int limit) {
        var both = new ArrayList<>(left);
        both.addAll(right);
        both.sort(Comparator.comparingLong(CatalogEntry::sequence));
        return both.size() <= limit ? both : List.copyOf(both.subList(0, limit));
    }
}
