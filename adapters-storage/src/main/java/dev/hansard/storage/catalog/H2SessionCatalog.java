// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.SessionId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The catalog in H2, one file for each UTC day of the ids. */
final class H2SessionCatalog implements SessionCatalog {
    /** Most moves in one transaction, so that indexing waits only shortly for a move. */
    private static final int MOVE_ROWS = 1_000;

    private final DayFiles files;
    private final CatalogSearch search;
    /** One writer at a time. */
    private final ReentrantLock writing = new ReentrantLock();

    private H2SessionCatalog(DayFiles files, H2CatalogSettings settings) {
        this.files = files;
        this.search = new CatalogSearch(files, settings);
    }

    static H2SessionCatalog open(H2CatalogSettings settings, LongSupplier nanos) {
        var folder = CatalogFolder.open(settings.folder());
        try {
            return new H2SessionCatalog(new DayFiles(folder, settings, nanos), settings);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public void index(List<CatalogEntry> entries, SpoolPosition upTo) {
        Map<LocalDate, List<CatalogEntry>> byDay = entries.stream()
                .collect(groupingBy(entry -> SessionIds.dayOf(entry.summary().id()), TreeMap::new, toList()));
        writing.lock();
        try {
            byDay.forEach(this::indexDay);
            files.book(book -> {
                book.moveTo(upTo);
                return upTo;
            });
        } finally {
            writing.unlock();
        }
    }

    private void indexDay(LocalDate day, List<CatalogEntry> entries) {
        files.write(day, file -> {
            DayFile.Indexed indexed = file.index(entries);
            return files.book(book -> {
                book.grow(day, facts -> facts.with(indexed.inserted(), indexed.replaced()));
                return indexed;
            });
        });
    }

    @Override
    public SpoolPosition indexedUpTo() {
        return files.book(DayBook::position);
    }

    @Override
    public void relocate(List<Relocation> relocations) {
        Map<LocalDate, List<Relocation>> byDay = relocations.stream()
                .collect(groupingBy(moved -> SessionIds.dayOf(moved.first()), TreeMap::new, toList()));
        byDay.forEach((day, moved) -> {
            for (int from = 0; from < moved.size(); from += MOVE_ROWS) {
                relocateSome(day, moved.subList(from, Math.min(moved.size(), from + MOVE_ROWS)));
            }
        });
    }

    private void relocateSome(LocalDate day, List<Relocation> moved) {
        writing.lock();
        try {
            files.write(day, file -> file.relocate(moved));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public List<SessionSummary> list(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        var found = new ArrayList<SessionSummary>();
        SessionId from = olderThan;
        do {
            Slice slice = slice(query, from, limit - found.size());
            found.addAll(slice.items());
            from = slice.next();
        } while (from != null && found.size() < limit);
        return List.copyOf(found);
    }

    @Override
    public Slice slice(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        requireLimit(limit);
        return search.slice(query, olderThan, limit);
    }

    @Override
    public Optional<CatalogEntry> find(SessionId id) {
        return files.read(SessionIds.dayOf(id), file -> file.find(id)).flatMap(found -> found);
    }

    @Override
    public List<CatalogEntry> since(long sequence, SessionQuery query, int limit) {
        requireLimit(limit);
        return search.since(sequence, query, limit);
    }

    @Override
    public long lastSequence() {
        return files.book(DayBook::facts).values().stream()
                .mapToLong(DayFacts::lastSequence)
                .max()
                .orElse(0);
    }

    @Override
    public void clear() {
        writing.lock();
        try {
            files.clear();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void forgetDays(Set<LocalDate> days) {
        writing.lock();
        try {
            files.forget(days);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public int forget(Collection<SessionId> ids) {
        Map<LocalDate, List<SessionId>> byDay =
                ids.stream().collect(groupingBy(SessionIds::dayOf, TreeMap::new, toList()));
        int forgotten = 0;
        for (Map.Entry<LocalDate, List<SessionId>> day : byDay.entrySet()) {
            writing.lock();
            try {
                if (files.book(book -> book.holds(day.getKey()))) {
                    forgotten += forget(day.getKey(), day.getValue());
                }
            } finally {
                writing.unlock();
            }
        }
        return forgotten;
    }

    private int forget(LocalDate day, List<SessionId> ids) {
        return files.write(day, file -> {
            int gone = file.forget(ids);
            return files.book(book -> {
                book.grow(day, facts -> facts.without(gone));
                return gone;
            });
        });
    }

    @Override
    public Set<LocalDate> lostDays() {
        return files.book(DayBook::lostDays);
    }

    @Override
    public void rebuilt(Set<LocalDate> days) {
        files.book(book -> {
            book.noteRebuilt(days);
            return days;
        });
    }

    @Override
    public void close() {
        writing.lock();
        try {
            files.close();
        } finally {
            writing.unlock();
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > Sessions.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + Sessions.MAX_LIMIT + ", but is " + limit);
        }
    }
}
