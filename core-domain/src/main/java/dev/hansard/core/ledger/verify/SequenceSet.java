// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.ports.ledger.LedgerEntry.Range;
import java.util.Map;
import java.util.TreeMap;

/** Sequences as ranges: neighbours take no room, however many they are. Belongs to one thread. */
final class SequenceSet {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(Range range) {
        long first = range.first();
        long last = range.last();
        Map.Entry<Long, Long> before = ranges.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(first);
        while (next != null && next.getKey() - 1 <= last) {
            last = Math.max(last, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(first);
        }
        ranges.put(first, last);
    }

    void add(long sequence) {
        add(new Range(sequence, sequence));
    }

    void addAll(SequenceSet others) {
        others.ranges.forEach((first, last) -> add(new Range(first, last)));
    }

    boolean has(long sequence) {
        Map.Entry<Long, Long> found = ranges.floorEntry(sequence);
        return found != null && found.getValue() >= sequence;
    }

    /** Whether all of these are in {@code others}, too. */
    boolean isWithin(SequenceSet others) {
        return ranges.entrySet().stream().allMatch(range -> {
            Map.Entry<Long, Long> found = others.ranges.floorEntry(range.getKey());
            return found != null && found.getValue() >= range.getValue();
        });
    }
}
