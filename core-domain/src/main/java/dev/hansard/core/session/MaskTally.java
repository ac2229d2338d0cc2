// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.ports.masking.MaskCounts;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what masking has withheld, as the records themselves say it. Safe for any number of threads. */
final class MaskTally {
    private final LongAdder failures = new LongAdder();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> responses = new ConcurrentHashMap<>();

    /** Counts a masked session. */
    void count(Session session) {
        boolean requestFailed = hasFailed(session.request(), requests);
        boolean responseFailed = hasFailed(session.response(), responses);
        if (requestFailed || responseFailed) {
            failures.increment();
        }
    }

    private static boolean hasFailed(RecordedMessage message, Map<String, LongAdder> withheld) {
        String reason = message.masking().reason();
        if (message.maskStatus() != MaskStatus.WITHHELD || reason == null) {
            return false;
        }
        withheld.computeIfAbsent(reason, _ -> new LongAdder()).increment();
        return reason.equals(Unmaskable.Reason.FAILURE.word());
    }

    /** The counters now. */
    MaskCounts counts() {
        return new MaskCounts(failures.sum(), sums(requests), sums(responses));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        var sums = new HashMap<String, Long>();
        counters.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }
}
