// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.UUID;

/** What the time in a session's id (RFC 9562 section 5.7) is good for: its day, and the bounds of a range of time. */
final class SessionIds {
    static final long DAY_MILLIS = 86_400_000;
    private static final long MAX_MILLIS = (1L << 48) - 1;
    private static final int TIME_SHIFT = 16;
    private static final long NANOS = 1_000_000_000;

    private SessionIds() {}

    /** The UTC day, counted from 1970-01-01, which names the partition that holds the session. */
    static int dayOf(SessionId id) {
        return (int) (id.epochMillis() / DAY_MILLIS);
    }

    static UUID toUuid(SessionId id) {
        return new UUID(id.high(), id.low());
    }

    static SessionId fromUuid(UUID uuid) {
        return new SessionId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The bound between the ids of a day and those of the day before. */
    static UUID boundOf(int day) {
        return new UUID((day * DAY_MILLIS) << TIME_SHIFT, 0);
    }

    /** The least id of a millisecond; times that no id can hold become the nearest that one can. */
    static SessionId firstOf(long millis) {
        long time = Math.clamp(millis, 0, MAX_MILLIS);
        return new SessionId(time << TIME_SHIFT | 0x7000, 0x8000_0000_0000_0000L);
    }

    /** Milliseconds since 1970; far times become the nearest that fits. */
    static long millis(Instant time) {
        long farthest = Long.MAX_VALUE / 4_000;
        return Math.clamp(time.getEpochSecond(), -farthest, farthest) * 1_000 + time.getNano() / 1_000_000;
    }

    /** Nanoseconds since 1970, in the order of the times; those before 1678 and after 2261 become one each. */
    static long nanos(Instant time) {
        long farthest = Long.MAX_VALUE / NANOS - 1;
        long seconds = time.getEpochSecond();
        if (seconds > farthest) {
            return Long.MAX_VALUE;
        }
        return seconds < -farthest ? Long.MIN_VALUE : seconds * NANOS + time.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
