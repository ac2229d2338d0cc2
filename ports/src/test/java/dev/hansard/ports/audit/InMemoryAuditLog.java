// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The log as the contract says it, in memory. */
public final class InMemoryAuditLog implements AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public synchronized long append(AuditEvent event) {
        entries.add(new AuditEntry(entries.size() + 1L, event));
        return entries.size();
    }

    @Override
    public synchronized List<AuditEntry> newest(long below, int limit) {
        requireLimit(limit);
        return entries.stream()
                .filter(entry -> entry.number() < below)
                .sorted(Comparator.comparingLong(AuditEntry::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<AuditEntry> since(long above, int limit) {
        requireLimit(limit);
        return entries.stream()
                .filter(entry -> entry.number() > above)
                .limit(limit)
                .toList();
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MOST_ENTRIES) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST_ENTRIES + ", but is " + limit);
        }
    }
}
