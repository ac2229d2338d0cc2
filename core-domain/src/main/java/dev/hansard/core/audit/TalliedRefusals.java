// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts refusals, and has the audit log tell of them once in a while: one entry for each listener, reason and source,
 * with how many there were. A flood can therefore write no more than {@link #MOST_KINDS} entries and one in each
 * {@link #INTERVAL}, and two when it lasts: each interval saves up one entry, {@link #MOST_SAVED} at most. Safe for any
 * number of threads.
 */
public final class TalliedRefusals implements Refusals {
    /** How often {@link #tell} is meant to be called. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    /** How many kinds are told apart in an interval; the others are counted together. */
    static final int MOST_KINDS = 64;

    /** How many entries are saved up for intervals with many kinds. */
    static final int MOST_SAVED = 2_000;

    private static final Kind OTHERS = new Kind("several listeners", "several reasons", "several sources");

    private final Auditor auditor;
    private final ReentrantLock telling = new ReentrantLock();
    private Map<Kind, Long> counts = new LinkedHashMap<>();
    private int saved = MOST_SAVED;

    public TalliedRefusals(Auditor auditor) {
        this.auditor = auditor;
    }

    private record Kind(String listener, String reason, String from) {}

    @Override
    public void refused(String listener, String reason, String from) {
        count(new Kind(listener, reason, from), 1);
    }

    private synchronized void count(Kind kind, long times) {
        boolean isTold = counts.size() < MOST_KINDS || counts.containsKey(kind);
        counts.merge(isTold ? kind : OTHERS, times, Long::sum);
    }

    private synchronized Map<Kind, Long> take() {
        Map<Kind, Long> taken = counts;
        counts = new LinkedHashMap<>();
        return taken;
    }

    /**
     * Writes down what was counted since the last time.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot; what is not written yet stays counted
     */
    public void tell() {
        telling.lock();
        try {
            saved = Math.min(MOST_SAVED, saved + 1);
            Map<Kind, Long> taken = within(take(), saved);
            try {
                while (!taken.isEmpty()) {
                    Map.Entry<Kind, Long> next = taken.entrySet().iterator().next();
                    Kind kind = next.getKey();
                    auditor.stranger(kind.from(), text(kind, next.getValue()));
                    taken.remove(kind);
                    saved = Math.max(0, saved - 1);
                }
            } finally {
                taken.forEach(this::count);
            }
        } finally {
            telling.unlock();
        }
    }

    /** The first so many kinds by themselves, and the others together. */
    private static Map<Kind, Long> within(Map<Kind, Long> counts, int most) {
        var within = new LinkedHashMap<Kind, Long>();
        counts.forEach((kind, times) -> within.merge(within.size() < most ? kind : OTHERS, times, Long::sum));
        return within;
    }

    private static String text(Kind kind, long times) {
        return kind.listener() + ": " + kind.reason() + (times == 1 ? "" : ", " + times + " times");
    }
}
