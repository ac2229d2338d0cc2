// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Approvals in memory. */
public final class InMemoryApprovalStore implements ApprovalStore {
    private final TreeMap<ApprovalId, StoredApproval> rows = new TreeMap<>();

    private static StoredApproval kept(StoredApproval row) {
        Instant standsUntil = row.standsUntil();
        return new StoredApproval(
                row.id(),
                row.version(),
                row.state(),
                row.service(),
                row.node(),
                row.provider(),
                row.subject(),
                row.expiresAt().truncatedTo(ChronoUnit.MICROS),
                standsUntil == null ? null : standsUntil.truncatedTo(ChronoUnit.MICROS),
                row.keepUntil().truncatedTo(ChronoUnit.MICROS),
                row.document());
    }

    @Override
    public synchronized void add(StoredApproval added) {
        if (rows.putIfAbsent(added.id(), kept(added)) != null) {
            throw new StorageException("there is an approval " + added.id());
        }
    }

    @Override
    public synchronized boolean replace(StoredApproval next) {
        StoredApproval before = rows.get(next.id());
        if (before == null || before.version() != next.version() - 1) {
            return false;
        }
        rows.put(next.id(), kept(next));
        return true;
    }

    @Override
    public synchronized @Nullable StoredApproval find(ApprovalId id) {
        return rows.get(id);
    }

    @Override
    public synchronized Map<ApprovalId, ApprovalState> states(Collection<ApprovalId> ids) {
        var states = new HashMap<ApprovalId, ApprovalState>();
        for (ApprovalId id : ids) {
            StoredApproval row = rows.get(id);
            if (row != null) {
                states.put(id, row.state());
            }
        }
        return states;
    }

    @Override
    public synchronized List<StoredApproval> list(ApprovalQuery query) {
        ApprovalId before = query.before();
        return rows.descendingMap().values().stream()
                .filter(row -> query.states().isEmpty() || query.states().contains(row.state()))
                .filter(row -> query.scope().contains(row.service()))
                .filter(row -> before == null || row.id().compareTo(before) < 0)
                .limit(query.limit())
                .toList();
    }

    @Override
    public List<StoredApproval> ofNode(NodeName node, ApprovalState state, @Nullable ApprovalId after) {
        return some(row -> row.node().equals(node)
                && row.state() == state
                && (after == null || row.id().compareTo(after) > 0));
    }

    @Override
    public List<StoredApproval> standing(ServiceName service, String provider, String subject, Instant now) {
        return some(row -> {
            Instant until = row.standsUntil();
            return until != null
                    && now.isBefore(until)
                    && (row.state() == ApprovalState.USED || row.state() == ApprovalState.COLLECTED)
                    && row.service().equals(service)
                    && row.provider().equals(provider)
                    && row.subject().equals(subject);
        });
    }

    @Override
    public List<StoredApproval> overdue(Instant now) {
        return some(row -> row.state().isOpen() && !now.isBefore(row.expiresAt()));
    }

    @Override
    public List<StoredApproval> removable(Instant now) {
        return some(row -> !row.state().isOpen() && !now.isBefore(row.keepUntil()));
    }

    private synchronized List<StoredApproval> some(Predicate<StoredApproval> fits) {
        return rows.values().stream().filter(fits).limit(MOST).toList();
    }

    @Override
    public synchronized void remove(Collection<ApprovalId> ids) {
        ids.forEach(rows::remove);
    }

    @Override
    public synchronized long open() {
        return rows.values().stream().filter(row -> row.state().isOpen()).count();
    }
}
