// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as the contract says it, in memory: what tests use in place of a database, and what adapters are compared
 * with.
 */
public final class InMemorySessionCatalog implements SessionCatalog {
    private final NavigableMap<SessionId, CatalogEntry> entries = new TreeMap<>();
    private final Map<LocalDate, List<Relocation>> relocations = new HashMap<>();
    private SpoolPosition position = SpoolPosition.START;
    private @Nullable StorageException failure;
    private Set<LocalDate> lostDays = Set.of();
    private boolean closed;

    /** Forgets all entries, as a catalog that was not stopped cleanly. */
    public synchronized void loseAll() {
        damageAll();
        position = SpoolPosition.START;
    }

    /** Forgets all entries, but not how far it has come: as a catalog that finds its files damaged while it runs. */
    public synchronized void damageAll() {
        // What was lost before and not given again stays lost.
        lostDays = Stream.concat(lostDays.stream(), entries.keySet().stream().map(InMemorySessionCatalog::dayOf))
                .collect(Collectors.toUnmodifiableSet());
        entries.clear();
        relocations.clear();
    }

    @Override
    public synchronized Set<LocalDate> lostDays() {
        return lostDays;
    }

    @Override
    public synchronized void rebuilt(Set<LocalDate> days) {
        lostDays = lostDays.stream().filter(day -> !days.contains(day)).collect(Collectors.toUnmodifiableSet());
    }

    /** Makes {@link #index} and {@link #relocate} fail from now on; null makes them work again. */
    public synchronized void failWith(@Nullable StorageException failure) {
        this.failure = failure;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void index(List<CatalogEntry> batch, SpoolPosition upTo) {
        failIfTold();
        for (CatalogEntry entry : batch) {
            entries.merge(entry.summary().id(), cut(entry), InMemorySessionCatalog::place);
        }
        position = upTo;
    }

    private static CatalogEntry place(CatalogEntry there, CatalogEntry given) {
        return given.summary().replaces(there.summary())
                ? new CatalogEntry(there.sequence(), given.summary(), given.location())
                : there;
    }

    @Override
    public synchronized SpoolPosition indexedUpTo() {
        return position;
    }

    @Override
    public synchronized void relocate(List<Relocation> given) {
        failIfTold();
        for (Relocation moved : given) {
            relocations.merge(dayOf(moved.first()), List.of(moved), InMemorySessionCatalog::newestFirst);
        }
    }

    private static List<Relocation> newestFirst(List<Relocation> there, List<Relocation> given) {
        return Stream.concat(given.stream(), there.stream()).toList();
    }

    private CatalogEntry placed(CatalogEntry entry) {
        return relocations.getOrDefault(dayOf(entry.summary().id()), List.of()).stream()
                .filter(moved -> moved.has(entry.location()))
                .findFirst()
                .map(moved -> new CatalogEntry(entry.sequence(), entry.summary(), moved.moved(entry.location())))
                .orElse(entry);
    }

    private static LocalDate dayOf(SessionId id) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(id.epochMillis()), ZoneOffset.UTC);
    }

    @Override
    public synchronized List<SessionSummary> list(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        requireLimit(limit);
        var older = olderThan == null ? entries : entries.headMap(olderThan, false);
        return older.descendingMap().values().stream()
                .map(CatalogEntry::summary)
                .filter(query::matches)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<CatalogEntry> find(SessionId id) {
        return Optional.ofNullable(entries.get(id)).map(this::placed);
    }

    @Override
    public synchronized List<CatalogEntry> since(long sequence, SessionQuery query, int limit) {
        requireLimit(limit);
        return entries.values().stream()
                .filter(entry -> entry.sequence() > sequence && query.matches(entry.summary()))
                .sorted(Comparator.comparingLong(CatalogEntry::sequence))
                .limit(limit)
                .map(this::placed)
                .toList();
    }

    @Override
    public synchronized long lastSequence() {
        return entries.values().stream().mapToLong(CatalogEntry::sequence).max().orElse(0);
    }

    @Override
    public synchronized void clear() {
        entries.clear();
        relocations.clear();
        position = SpoolPosition.START;
    }

    @Override
    public synchronized void forgetDays(Set<LocalDate> days) {
        failIfTold();
        entries.keySet().removeIf(id -> days.contains(dayOf(id)));
        relocations.keySet().removeAll(days);
        lostDays = lostDays.stream().filter(day -> !days.contains(day)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized int forget(Collection<SessionId> ids) {
        failIfTold();
        int before = entries.size();
        ids.forEach(entries::remove);
        return before - entries.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void failIfTold() {
        if (failure != null) {
            throw failure;
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > Sessions.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + Sessions.MAX_LIMIT + ", but is " + limit);
        }
    }

    private static CatalogEntry cut(CatalogEntry entry) {
        SessionSummary s = entry.summary();
        var groups = s.caller().groups().stream()
                .limit(SessionSummary.MAX_GROUPS)
                .map(InMemorySessionCatalog::cut)
                .toList();
        var caller = new Caller(cut(s.caller().provider()), cut(s.caller().subject()), groups);
        String code = s.code() == null ? null : cut(s.code());
        String traceId = s.traceId() == null ? null : cut(s.traceId());
        var summary = new SessionSummary(
                s.id(),
                s.service(),
                s.node(),
                cut(s.listener()),
                s.startedAt(),
                s.durationMicros(),
                s.state(),
                s.ending(),
                code,
                s.durability(),
                s.retention(),
                caller,
                cut(s.method()),
                cut(s.target()),
                cut(s.host()),
                s.status(),
                s.requestBytes(),
                s.responseBytes(),
                s.truncated(),
                traceId);
        return new CatalogEntry(entry.sequence(), summary, entry.location());
    }

    private static String cut(String text) {
        return text.length() <= SessionSummary.MAX_TEXT ? text : text.substring(0, SessionSummary.MAX_TEXT);
    }
}
