// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What several scanners have found, put in order and without overlaps. Belongs to one thread. */
final class HitList implements ValueScanner.Hits {
    private static final Comparator<Hit> ORDER = Comparator.comparingInt(Hit::from)
            .thenComparing(Comparator.comparingInt(Hit::to).reversed());

    private final List<Hit> hits = new ArrayList<>();
    private final TimeLimit time;

    record Hit(int from, int to, Treatment treatment) {}

    HitList(TimeLimit time) {
        this.time = time;
    }

    @Override
    public void hit(int from, int to, Treatment treatment) {
        if (from < to) {
            hits.add(new Hit(from, to, treatment));
        }
    }

    @Override
    public void work(int bytes) {
        time.work(bytes);
    }

    /** The earlier wins, then the longer; of what loses, the part that sticks out is still a hit. */
    List<Hit> settled() {
        if (hits.size() < 2) {
            return hits;
        }
        hits.sort(ORDER);
        var settled = new ArrayList<Hit>(hits.size());
        int end = 0;
        for (Hit hit : hits) {
            if (hit.to() > end) {
                settled.add(hit.from() >= end ? hit : new Hit(end, hit.to(), hit.treatment()));
                end = hit.to();
            }
        }
        return settled;
    }
}
