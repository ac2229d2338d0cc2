// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * The meters of callers, each provider's for itself, so that those who are many in one cannot crowd out those of
 * another. Whatever is thrown away for lack of room is as a new one would be: nobody gets a second burst by having been
 * forgotten. Where there is no room and nothing can be thrown away, the callers that have no meter share one. Safe for
 * any number of threads.
 */
final class CallerTable<M extends Meter> {
    /** How often it is looked for what can go while there is no room; it takes some hundred microseconds. */
    static final long SWEEP_NANOS = 100_000_000;

    private final Map<String, Shelf<M>> shelves = new ConcurrentHashMap<>();
    private final LongFunction<M> maker;
    private final int most;

    /**
     * An empty one.
     *
     * @param maker makes a meter of the time
     * @param most meters of one provider
     */
    CallerTable(LongFunction<M> maker, int most) {
        this.maker = maker;
        this.most = most;
    }

    private static final class Shelf<M extends Meter> {
        private final ConcurrentHashMap<String, M> meters = new ConcurrentHashMap<>();
        private final AtomicLong nextSweep = new AtomicLong();
        private final M rest;

        Shelf(M rest) {
            this.rest = rest;
        }
    }

    /** The meter of a caller. It may end before it is used: then {@link #forget} it and ask again. */
    M find(String provider, String name, long now) {
        Shelf<M> shelf = shelves.get(provider);
        if (shelf == null) {
            shelf = shelves.computeIfAbsent(provider, _ -> new Shelf<>(maker.apply(now)));
        }
        M meter = shelf.meters.get(name);
        return meter != null ? meter : add(shelf, name, now);
    }

    private M add(Shelf<M> shelf, String name, long now) {
        boolean isFull = shelf.meters.mappingCount() >= most && !sweep(shelf, now);
        return isFull ? shelf.rest : shelf.meters.computeIfAbsent(name, _ -> maker.apply(now));
    }

    /** Throws away what nobody will miss. True when there is room. */
    private boolean sweep(Shelf<M> shelf, long now) {
        long due = shelf.nextSweep.get();
        if (now >= due && shelf.nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            shelf.meters.forEach((name, meter) -> {
                if (meter.retire(now)) {
                    shelf.meters.remove(name, meter);
                }
            });
        }
        return shelf.meters.mappingCount() < most;
    }

    /** Drops a meter that has ended. */
    void forget(String provider, String name, M ended) {
        Shelf<M> shelf = shelves.get(provider);
        if (shelf != null) {
            shelf.meters.remove(name, ended);
        }
    }

    /** How many callers have a meter of their own. */
    long size() {
        return shelves.values().stream()
                .mapToLong(shelf -> shelf.meters.mappingCount())
                .sum();
    }
}
