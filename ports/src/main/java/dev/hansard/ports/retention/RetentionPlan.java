// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would go if it went now, the oldest first.
 *
 * @param at when this was found
 * @param items segments of which something is due
 * @param segments how many segments there are at all
 * @param unknown segments of classes that are not configured any more: they stay
 * @param most how many segments one run takes at most
 * @param doubt why nothing would go, because the clock cannot be trusted; empty when it can
 * @param trouble what kept the last run from removing all that was due; empty when nothing did
 * @param next when the next run is scheduled; null when there is none
 * @since 0.1
 */
public record RetentionPlan(
        Instant at,
        List<Item> items,
        long segments,
        long unknown,
        int most,
        String doubt,
        String trouble,
        @Nullable Instant next) {
    public RetentionPlan {
        items = List.copyOf(items);
    }

    /** How many sessions would go. */
    public long sessions() {
        return items.stream().mapToLong(Item::sessions).sum();
    }

    /** How many bytes would go. */
    public long bytes() {
        return items.stream().mapToLong(Item::bytes).sum();
    }

    /** How many sessions would go but for holds. */
    public long held() {
        return items.stream().mapToLong(Item::held).sum();
    }

    /**
     * A segment that is due.
     *
     * @param due since when
     * @param sessions how many of its sessions are not held
     * @param bytes about how many bytes these take
     * @param held how many are held, and stay in a segment of their own
     * @since 0.1
     */
    public record Item(Segment segment, Instant due, long sessions, long bytes, long held) {}
}
