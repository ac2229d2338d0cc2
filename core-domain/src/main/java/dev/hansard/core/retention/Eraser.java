// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.retention.Remover.Order;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;

/** Removes one session from wherever its records lie. */
final class Eraser {
    private final Segments segments;
    private final Remover remover;

    Eraser(Segments segments, Remover remover) {
        this.segments = segments;
        this.remover = remover;
    }

    /**
     * Removes every record of a session.
     *
     * @return how many there were
     */
    int erase(SessionSummary summary, Order order) {
        // A record in the spool cannot be taken out of its file; in a segment it can.
        segments.settle();
        int erased = 0;
        String after = summary.service().value() + "/";
        while (after != null) {
            Segments.Page page = segments.list(after);
            for (Segment segment : page.segments()) {
                if (!segment.service().equals(summary.service())) {
                    return erased;
                }
                if (isWithin(segment, summary)) {
                    erased += removeFrom(segment, summary.id(), order);
                }
            }
            after = page.next();
        }
        return erased;
    }

    private int removeFrom(Segment segment, SessionId id, Order order) {
        return remover.removeOne(segment, id, order).sessions();
    }

    private static boolean isWithin(Segment segment, SessionSummary summary) {
        return !summary.startedAt().isBefore(segment.hour())
                && summary.startedAt().isBefore(segment.end());
    }
}
