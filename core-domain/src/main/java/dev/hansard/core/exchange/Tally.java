// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.masking.MaskCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls, so that none can go missing unnoticed: each one received ends in exactly one of the others. */
final class Tally {
    private final LongAdder received = new LongAdder();
    private final LongAdder forwarded = new LongAdder();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder partial = new LongAdder();
    private final LongAdder unrecorded = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    void received() {
        received.increment();
    }

    void forwarded() {
        forwarded.increment();
    }

    void recorded() {
        recorded.increment();
    }

    void partial() {
        partial.increment();
    }

    void unrecorded() {
        unrecorded.increment();
    }

    void refused(String code) {
        refused.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }

    /**
     * The counters now.
     *
     * @param lost records that were counted as made, and then could not be written
     * @param masking what masking has counted
     */
    CallCounts counts(long lost, MaskCounts masking) {
        var byCode = new HashMap<String, Long>();
        refused.forEach((code, count) -> byCode.put(code, count.sum()));
        long ended = recorded.sum()
                + partial.sum()
                + unrecorded.sum()
                + byCode.values().stream().mapToLong(Long::longValue).sum();
        return new CallCounts(
                received.sum(),
                forwarded.sum(),
                recorded.sum() - lost,
                partial.sum(),
                unrecorded.sum() + lost,
                byCode,
                Math.max(0, received.sum() - ended),
                masking);
    }
}
