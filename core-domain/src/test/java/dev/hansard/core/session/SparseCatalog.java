// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.value.SessionId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A catalog of one session, which it finds only after a number of empty slices. */
final class SparseCatalog implements SessionCatalog {
    private int emptySlices;

    SparseCatalog(int emptySlices) {
        this.emptySlices = emptySlices;
    }

    @Override
    public Slice slice(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        return emptySlices-- > 0
                ? new Slice(List.of(), SummaryBuilder.idAt(SummaryBuilder.NOON, 1 + emptySlices))
                : new Slice(list(query, olderThan, limit), null);
    }

    @Override
    public List<SessionSummary> list(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        return List.of(SummaryBuilder.aSession().summary());
    }

    @Override
    public void index(List<CatalogEntry> entries, SpoolPosition upTo) {}

    @Override
    public SpoolPosition indexedUpTo() {
        return SpoolPosition.START;
    }

    @Override
    public void relocate(List<Relocation> relocations) {}

    @Override
    public Optional<CatalogEntry> find(SessionId id) {
        return Optional.empty();
    }

    @Override
    public List<CatalogEntry> since(long sequence, SessionQuery query, int limit) {
        return List.of();
    }

    @Override
    public long lastSequence() {
        return 0;
    }

    @Override
    public void clear() {}

    @Override
    public void forgetDays(Set<LocalDate> days) {}

    @Override
    public int forget(Collection<SessionId> ids) {
        return 0;
    }

    @Override
    public void close() {}
}
