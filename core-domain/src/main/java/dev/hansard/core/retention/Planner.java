// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.RetentionPlan.Item;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds which segments are due. */
final class Planner {
    private static final Comparator<Segment> OLDEST_FIRST =
            Comparator.comparing(Segment::hour).thenComparing(Segment::key);

    /** Of days this close something may still be in the spool. */
    private static final int SPOOL_DAYS = 3;

    private final Segments segments;
    private final RetentionRules rules;
    private final Remover remover;

    Planner(Segments segments, RetentionRules rules, Remover remover) {
        this.segments = segments;
        this.rules = rules;
        this.remover = remover;
    }

    /**
     * What is due by the keys alone, the oldest first.
     *
     * @param all how many segments there are
     * @param unknown how many are of no class that is configured
     */
    record Due(List<Segment> segments, long all, long unknown) {}

    Due due(Instant now) {
        var due = new ArrayList<Segment>();
        var count = new long[2];
        each(segment -> {
            count[0]++;
            if (rules.dueAt(segment) == null) {
                count[1]++;
            } else if (rules.isDue(segment, now)) {
                due.add(segment);
            }
        });
        due.sort(OLDEST_FIRST);
        return new Due(due, count[0], count[1]);
    }

    /** The segments of a service, the oldest first; without rows that outlive their records. */
    List<Segment> of(ServiceName service) {
        var its = new ArrayList<Segment>();
        each(segment -> {
            if (segment.service().equals(service) && !segment.isRows()) {
                its.add(segment);
            }
        });
        its.sort(OLDEST_FIRST);
        return its;
    }

    /**
     * Those days, long past, without a segment, nor one of the hours beside: an id may be of the day beside its hour.
     */
    Set<LocalDate> empty(Set<LocalDate> days, Instant now) {
        Set<Instant> left = days.isEmpty() ? Set.of() : hours();
        return days.stream()
                .filter(day -> !now.isBefore(startOf(day.plusDays(SPOOL_DAYS))))
                .filter(day -> left.stream()
                        .noneMatch(hour -> !hour.isBefore(startOf(day).minus(Segment.SPAN))
                                && !hour.isAfter(startOf(day.plusDays(1)))))
                .collect(Collectors.toSet());
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The hours that any segment is of. */
    private Set<Instant> hours() {
        var hours = new HashSet<Instant>();
        each(segment -> hours.add(segment.hour()));
        return hours;
    }

    void each(Consumer<Segment> consumer) {
        String after = "";
        while (after != null) {
            Segments.Page page = segments.list(after);
            page.segments().forEach(consumer);
            after = page.next();
        }
    }

    /** The due segments of which something would go. */
    List<Item> items(Due due) {
        return due.segments().stream()
                .map(this::item)
                .filter(item -> item.sessions() > 0)
                .toList();
    }

    private Item item(Segment segment) {
        Instant at = rules.dueAt(segment);
        Segments.Size size = segments.size(segment);
        if (size == null || at == null) {
            return new Item(segment, Instant.EPOCH, 0, 0, 0);
        }
        long held = remover.heldIn(segment);
        long records = size.records() < 0 ? segments.records(segment).size() : size.records();
        long going = records - held;
        return new Item(segment, at, going, records == 0 ? 0 : size.bytes() * going / records, held);
    }
}
