// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.usage.StorageUse;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one class of a service has in segments, day by day, and what becomes of it when things go on as they did.
 * Belongs to one thread while it is filled; nothing changes it afterwards.
 */
final class Stock {
    /** The rate is that of so many days at most. */
    static final int WINDOW_DAYS = 7;

    /** Of fewer whole days nothing is foretold. */
    static final int LEAST_DAYS = 2;

    private static final Duration DAY = Duration.ofDays(1);

    private final Owner owner;
    private final @Nullable Duration keep;
    private final LocalDate today;
    private final TreeMap<LocalDate, StorageUse.Day> days = new TreeMap<>();
    private long segments;
    private long sessions;
    private long bytes;
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    /**
     * Nothing so far.
     *
     * @param keep how long the class keeps; null when it is not configured
     */
    Stock(Owner owner, @Nullable Duration keep, Instant now) {
        this.owner = owner;
        this.keep = keep;
        this.today = dayOf(now);
    }

    /** Whose it is. */
    record Owner(ServiceName service, RetentionClass retention) {}

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    void add(Segment segment, Segments.Size size) {
        // Rows take room, but are no sessions that could be read.
        long records = segment.isRows() ? 0 : Math.max(0, size.records());
        segments++;
        sessions += records;
        bytes += size.bytes();
        oldest = segment.hour().isBefore(oldest) ? segment.hour() : oldest;
        newest = segment.hour().isAfter(newest) ? segment.hour() : newest;
        LocalDate day = dayOf(segment.hour());
        days.merge(day, new StorageUse.Day(day, records, size.bytes()), Stock::sum);
    }

    static StorageUse.Day sum(StorageUse.Day left, StorageUse.Day right) {
        return new StorageUse.Day(left.day(), left.sessions() + right.sessions(), left.bytes() + right.bytes());
    }

    ServiceName service() {
        return owner.service();
    }

    Iterable<StorageUse.Day> days() {
        return days.values();
    }

    long segments() {
        return segments;
    }

    long bytes() {
        return bytes;
    }

    long sessions() {
        return sessions;
    }

    /**
     * How many of the last days are whole: neither today, nor the first day that anything is left of, nor those of
     * which some has been removed already.
     */
    int wholeDays() {
        LocalDate from = days.isEmpty() ? today : days.firstKey().plusDays(1);
        long kept = keep == null ? WINDOW_DAYS : Math.max(0, keep.toDays() - 1);
        LocalDate earliest = today.minusDays(Math.min(WINDOW_DAYS, kept));
        LocalDate first = from.isBefore(earliest) ? earliest : from;
        return (int) Math.max(0, today.toEpochDay() - first.toEpochDay());
    }

    /** Bytes a day over the whole days; where none is whole, those of the last day that has most, not blown up. */
    long perDay() {
        int whole = wholeDays();
        if (whole == 0) {
            return days.tailMap(today.minusDays(1)).values().stream()
                    .mapToLong(StorageUse.Day::bytes)
                    .max()
                    .orElse(0);
        }
        long sum = days.subMap(today.minusDays(whole), today).values().stream()
                .mapToLong(StorageUse.Day::bytes)
                .sum();
        return Math.round((double) sum / whole);
    }

    /** Bytes in so many days, if as much comes as did, and goes when its class says. */
    double inDays(int ahead) {
        double rate = perDay();
        if (keep == null) {
            return bytes + rate * ahead;
        }
        double kept = keepDays(keep);
        long left = 0;
        for (StorageUse.Day day : days.values()) {
            boolean isThere = day.day().toEpochDay() + 1 + kept > today.toEpochDay() + (double) ahead;
            left += isThere ? day.bytes() : 0;
        }
        return left + rate * Math.min(ahead, kept);
    }

    private static double keepDays(Duration keep) {
        return (double) keep.toSeconds() / DAY.toSeconds();
    }

    StorageUse.Item item() {
        long perDay = perDay();
        return new StorageUse.Item(
                owner.service(),
                owner.retention(),
                segments,
                sessions,
                bytes,
                oldest,
                newest,
                perDay,
                keep == null ? -1 : Math.round(perDay * keepDays(keep)));
    }
}
