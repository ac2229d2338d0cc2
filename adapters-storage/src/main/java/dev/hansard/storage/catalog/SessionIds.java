// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** What the time in a session's id (RFC 9562 section 5.7) is good for: its day, and the bounds of a range of time. */
final class SessionIds {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MAX_MILLIS = (1L << 48) - 1;

    private SessionIds() {}

    /** The UTC day, which names the file that holds the session. */
    static LocalDate dayOf(SessionId id) {
        return LocalDate.ofEpochDay(id.epochMillis() / DAY_MILLIS);
    }

    static UUID toUuid(SessionId id) {
        return new UUID(id.high(), id.low());
    }

    static SessionId fromUuid(UUID uuid) {
        return new SessionId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The least id of a millisecond; times that no id can hold become the nearest that one can. */
    static SessionId firstOf(long millis) {
        long time = Math.clamp(millis, 0, MAX_MILLIS);
        return new SessionId(time << 16 | 0x7000, 0x8000_0000_0000_0000L);
    }

    /** Milliseconds since 1970; far times become the nearest that fits. */
    static long millis(Instant time) {
        long farthest = Long.MAX_VALUE / 4_000;
        return Math.clamp(time.getEpochSecond(), -farthest, farthest) * 1_000 + time.getNano() / 1_000_000;
    }

    /**
     * Nanoseconds since 1970, the order of which is that of the times; those before 1678 and after 2261 become one
     * each.
     */
    static long nanos(Instant time) {
        long farthest = Long.MAX_VALUE / 1_000_000_000 - 1;
        long seconds = time.getEpochSecond();
        if (seconds > farthest) {
            return Long.MAX_VALUE;
        }
        return seconds < -farthest ? Long.MIN_VALUE : seconds * 1_000_000_000 + time.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
