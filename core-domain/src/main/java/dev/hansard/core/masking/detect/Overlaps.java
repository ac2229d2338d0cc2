// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner.Hits;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what was found in order and lets nothing overlap: the earlier start wins, then the longer, then the rule that
 * comes first. Of what loses, the part that sticks out is a hit of its own, so that nothing that was found stays
 * clear. Values may come up to {@link #REACH} bytes later than they start, which is why some wait. Belongs to one
 * scan at a time.
 */
final class Overlaps {
    /** How far before the byte at which it is found a value may start. */
    static final int REACH = Emails.MAX_LOCAL + 1;

    /** How many places of emitted values are kept before the list is shortened. */
    private static final int MAX_EMITTED = 1024;

    private Hits hits;
    private List<Found> known;
    private int nextKnown;
    private final List<Found> waiting = new ArrayList<>();
    private int first;
    private int clearUntil;

    /** One value. The order is that of its rule. */
    record Found(int from, int to, int order, Treatment treatment) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            if (from != other.from) {
                return Integer.compare(from, other.from);
            }
            return to != other.to ? Integer.compare(other.to, to) : Integer.compare(order, other.order);
        }
    }

    /** With what was found before, in order. */
    Overlaps(Hits hits, List<Found> known) {
        this.hits = hits;
        this.known = known;
    }

    /** For another text. */
    void begin(Hits others, List<Found> knownThere) {
        hits = others;
        known = knownThere;
        nextKnown = 0;
        waiting.clear();
        first = 0;
        clearUntil = 0;
    }

    /** One more, found at {@code at}, which is never before where another was. */
    void add(int at, Found found) {
        emitBefore(at - REACH);
        insert(found);
    }

    private void insert(Found found) {
        int place = waiting.size();
        while (place > first && waiting.get(place - 1).compareTo(found) > 0) {
            place--;
        }
        waiting.add(place, found);
    }

    void finish() {
        emitBefore(Integer.MAX_VALUE);
    }

    private void emitBefore(int start) {
        while (nextKnown < known.size() && known.get(nextKnown).from() < start) {
            insert(known.get(nextKnown++));
        }
        while (first < waiting.size() && waiting.get(first).from() < start) {
            Found found = waiting.get(first++);
            int from = Math.max(found.from(), clearUntil);
            if (from < found.to()) {
                hits.hit(from, found.to(), found.treatment());
                clearUntil = found.to();
            }
        }
        if (first > 0 && (first == waiting.size() || first > MAX_EMITTED)) {
            waiting.subList(0, first).clear();
            first = 0;
        }
    }
}
