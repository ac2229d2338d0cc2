// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.scan.Finding.Trace;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is found where. Belongs to one thread. */
final class Tally {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::trace)
            .thenComparing(Finding::service)
            .thenComparing(Finding::direction)
            .thenComparing(finding -> finding.place().shown())
            .thenComparing(Finding::what);

    private final int maxFindings;
    private final Map<Spot, Count> counts = new HashMap<>();
    private long unplaced;

    /** @param maxFindings how many are told apart; further values are only counted */
    Tally(int maxFindings) {
        this.maxFindings = maxFindings;
    }

    /** What makes one finding. */
    record Spot(ServiceName service, Direction direction, Place place, What what, Trace trace) {}

    private static final class Count {
        int sessions;
        long occurrences;
        SessionId first;
        SessionId last;
        SessionId current;

        Count(SessionId session) {
            first = session;
            last = session;
            current = session;
            sessions = 1;
        }

        void add(SessionId session) {
            occurrences++;
            if (!session.equals(current)) {
                sessions++;
                current = session;
                first = session.compareTo(first) < 0 ? session : first;
                last = session.compareTo(last) > 0 ? session : last;
            }
        }
    }

    /** One value; those of one session come one after the other. */
    void add(Spot spot, SessionId session) {
        Count count = counts.get(spot);
        if (count == null) {
            if (counts.size() >= maxFindings) {
                unplaced++;
                return;
            }
            count = new Count(session);
            counts.put(spot, count);
        }
        count.add(session);
    }

    /** Values of which is not known where they lie. */
    void addUnplaced(long values) {
        unplaced += values;
    }

    int size() {
        return counts.size();
    }

    long unplaced() {
        return unplaced;
    }

    List<Finding> findings() {
        return counts.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .sorted(ORDER)
                .toList();
    }

    private static Finding finding(Spot spot, Count count) {
        return new Finding(
                spot.service(),
                spot.direction(),
                spot.place(),
                spot.what(),
                spot.trace(),
                count.sessions,
                count.occurrences,
                count.first,
                count.last);
    }
}
