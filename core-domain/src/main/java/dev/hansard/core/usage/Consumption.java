// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.core.retention.RetentionRules;
import dev.hansard.core.usage.Stock.Owner;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Adds up what is stored: in segments, whose keys say of which service, class and hour they are, and in this node's
 * spool. Nothing of it is kept: what it was on a day follows from what is there. Safe for any number of threads.
 */
public final class Consumption {
    private static final Comparator<Owner> BY_NAME = Comparator.comparing(
                    (Owner owner) -> owner.service().value())
            .thenComparing(owner -> owner.retention().value());

    private final Segments segments;
    private final StoredParts parts;
    private final RetentionRules rules;
    private final InstantSource wall;

    public Consumption(Segments segments, StoredParts parts, RetentionRules rules, InstantSource wall) {
        this.segments = segments;
        this.parts = parts;
        this.rules = rules;
        this.wall = wall;
    }

    /**
     * What there is.
     *
     * @param stocks by service and class
     * @param services those that have anything, with what they have
     */
    record Found(Instant at, List<Stock> stocks, Map<ServiceName, Sum> services) {
        long segments() {
            return stocks.stream().mapToLong(Stock::segments).sum();
        }

        List<Stock> of(ServiceName service) {
            return stocks.stream()
                    .filter(stock -> stock.service().equals(service))
                    .toList();
        }
    }

    /** What a service has. */
    record Sum(long sessions, long bytes, long spooledBytes) {
        private Sum and(Sum other) {
            return new Sum(sessions + other.sessions, bytes + other.bytes, spooledBytes + other.spooledBytes);
        }
    }

    Found now() {
        Instant now = wall.instant();
        // The spool first: what is sealed meanwhile is counted twice rather than not at all.
        List<StoredParts.Waiting> waiting = parts.waiting();
        var stocks = new TreeMap<Owner, Stock>(BY_NAME);
        each(segment -> {
            Segments.Size size = segments.size(segment);
            if (size != null) {
                var owner = new Owner(segment.service(), segment.retention());
                stocks.computeIfAbsent(
                                owner, it -> new Stock(it, rules.classes().get(it.retention()), now))
                        .add(segment, size);
            }
        });
        var services = new TreeMap<ServiceName, Sum>(Comparator.comparing(ServiceName::value));
        Stream.concat(
                        stocks.values().stream()
                                .map(stock -> Map.entry(stock.service(), new Sum(stock.sessions(), stock.bytes(), 0))),
                        waiting.stream()
                                .map(it -> Map.entry(it.service(), new Sum(it.sessions(), it.bytes(), it.bytes()))))
                .forEach(entry -> services.merge(entry.getKey(), entry.getValue(), Sum::and));
        return new Found(now, new ArrayList<>(stocks.values()), services);
    }

    private void each(Consumer<Segment> consumer) {
        String after = "";
        while (after != null) {
            Segments.Page page = segments.list(after);
            page.segments().forEach(consumer);
            after = page.next();
        }
    }
}
