// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.LedgerScene;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.StoredRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records in lists, which a test may do anything to. */
final class FakeRecords implements StoredRecords {
    final Map<String, List<StoredRecord>> segments = new LinkedHashMap<>();
    final List<String> damaged = new ArrayList<>();
    final List<String> growing = new ArrayList<>();

    /** A segment with records as {@link LedgerScene#session(long)} enters them. */
    FakeRecords with(String name, long first, long last) {
        var records = new ArrayList<StoredRecord>();
        for (long sequence = first; sequence <= last; sequence++) {
            records.add(record(sequence));
        }
        segments.put(name, records);
        return this;
    }

    /** The records of a segment, to be changed. */
    List<StoredRecord> segment(String name) {
        return Objects.requireNonNull(segments.get(name), name);
    }

    static StoredRecord record(long sequence) {
        return new StoredRecord(LedgerScene.id(sequence), sequence, 100 * sequence, new Hash(sequence, 2, 3, 4), null);
    }

    static StoredRecord edited(long sequence) {
        return new StoredRecord(LedgerScene.id(sequence), sequence, 100 * sequence, new Hash(sequence, 2, 3, 5), null);
    }

    @Override
    public List<Container> containers() {
        return segments.entrySet().stream()
                .map(each -> new Container(
                        each.getKey(),
                        each.getValue().stream()
                                .mapToLong(StoredRecord::sequence)
                                .min()
                                .orElse(Long.MAX_VALUE),
                        each.getValue().stream()
                                .mapToLong(StoredRecord::sequence)
                                .max()
                                .orElse(0),
                        growing.contains(each.getKey())))
                .toList();
    }

    @Override
    public void read(Container container, Visitor visitor) {
        segment(container.name()).forEach(visitor::record);
        if (damaged.contains(container.name())) {
            visitor.damage("its name is not that of its bytes");
        }
    }
}
