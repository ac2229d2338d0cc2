// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.usage;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, and how it grows.
 *
 * @param at when this was found
 * @param items what each class of each service has in segments
 * @param services what each service has, in segments and in this node's spool
 * @param disk the disk of this node's spool
 * @param alerts those that are raised
 * @since 0.1
 */
public record StorageUse(Instant at, List<Item> items, List<OfService> services, Disk disk, List<Alert> alerts) {
    public StorageUse {
        items = List.copyOf(items);
        services = List.copyOf(services);
        alerts = List.copyOf(alerts);
    }

    /**
     * What one class of a service takes.
     *
     * @param sessions how many there are, as far as the segments say
     * @param oldest the hour of its oldest segment
     * @param newest the hour of its newest segment
     * @param bytesPerDay how fast it grew in the last seven whole days
     * @param expectedBytes what it comes to when it goes on like that and each session is kept for as long as its class
     *     says; -1 when the class is not configured, so that it grows for ever
     * @since 0.1
     */
    public record Item(
            ServiceName service,
            RetentionClass retention,
            long segments,
            long sessions,
            long bytes,
            Instant oldest,
            Instant newest,
            long bytesPerDay,
            long expectedBytes) {}

    /**
     * What one service takes.
     *
     * @param sessions in segments and in the spool
     * @param bytes in segments and in the spool
     * @param spooledBytes those of them that are in the spool
     * @param bytesPerDay how fast it grew in the last seven whole days
     * @param days what came on each day that anything of is left, the oldest first; without the spool
     * @param quota null when it has none
     * @since 0.1
     */
    public record OfService(
            ServiceName service,
            long sessions,
            long bytes,
            long spooledBytes,
            long bytesPerDay,
            List<Day> days,
            @Nullable Quota quota) {
        public OfService {
            days = List.copyOf(days);
        }
    }

    /**
     * What is left of a day.
     *
     * @param day in UTC
     * @since 0.1
     */
    public record Day(LocalDate day, long sessions, long bytes) {}

    /**
     * What a service may take.
     *
     * @param isExceeded whether it does something about it now: prunes or rejects
     * @param fullAt when it is used up if it goes on as in the last seven whole days; null when that is not to be
     *     expected within a year, or there are too few days to tell
     * @since 0.1
     */
    public record Quota(
            long limitBytes,
            WhenFull whenFull,
            boolean isExceeded,
            @Nullable Instant fullAt) {}

    /**
     * The disk of a node's spool.
     *
     * @param freeBytes -1 when that is not known
     * @param fullAt when it is full if all goes on as in the last seven whole days; null as for quotas, and where
     *     segments are kept elsewhere
     * @since 0.1
     */
    public record Disk(
            DiskGrade grade, long freeBytes, @Nullable Instant fullAt) {}
}
