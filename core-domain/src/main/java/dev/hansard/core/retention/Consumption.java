// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.retention.StorageUse;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Adds up what the segments take. */
final class Consumption {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WINDOW = Duration.ofDays(7);

    private final Planner planner;
    private final Segments segments;
    private final RetentionRules rules;

    Consumption(Planner planner, Segments segments, RetentionRules rules) {
        this.planner = planner;
        this.segments = segments;
        this.rules = rules;
    }

    private record Owner(ServiceName service, RetentionClass retention) {}

    private static final class Sum {
        private long count;
        private long sessions;
        private long bytes;
        private long recentBytes;
        private Instant oldest = Instant.MAX;
        private Instant newest = Instant.MIN;
    }

    StorageUse at(Instant now) {
        var sums = new TreeMap<Owner, Sum>(
                Comparator.comparing((Owner owner) -> owner.service().value())
                        .thenComparing(owner -> owner.retention().value()));
        planner.each(segment -> {
            Segments.Size size = segments.size(segment);
            if (size != null) {
                Sum sum = sums.computeIfAbsent(new Owner(segment.service(), segment.retention()), _ -> new Sum());
                add(sum, segment, size, now);
            }
        });
        List<StorageUse.Item> items = sums.entrySet().stream()
                .map(entry -> item(entry.getKey(), entry.getValue(), now))
                .toList();
        return new StorageUse(now, items);
    }

    private static void add(Sum sum, Segment segment, Segments.Size size, Instant now) {
        sum.count++;
        // Rows take room, but are no sessions that could be read.
        sum.sessions += segment.isRows() ? 0 : Math.max(0, size.records());
        sum.bytes += size.bytes();
        sum.recentBytes += segment.hour().isBefore(now.minus(WINDOW)) ? 0 : size.bytes();
        sum.oldest = segment.hour().isBefore(sum.oldest) ? segment.hour() : sum.oldest;
        sum.newest = segment.hour().isAfter(sum.newest) ? segment.hour() : sum.newest;
    }

    private StorageUse.Item item(Owner owner, Sum sum, Instant now) {
        Duration known = Duration.between(sum.oldest, now);
        Duration window = known.compareTo(WINDOW) > 0 ? WINDOW : known;
        // What is a few hours old says little of a day; it is not blown up.
        double days = Math.max(1, (double) window.toSeconds() / DAY.toSeconds());
        double perDay = sum.recentBytes / days;
        Duration keep = rules.classes().get(owner.retention());
        long expected = keep == null ? -1 : Math.round(perDay * ((double) keep.toSeconds() / DAY.toSeconds()));
        return new StorageUse.Item(
                owner.service(),
                owner.retention(),
                sum.count,
                sum.sessions,
                sum.bytes,
                sum.oldest,
                sum.newest,
                Math.round(perDay),
                expected);
    }
}
