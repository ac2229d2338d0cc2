// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as people write them in a query. */
final class QueryTime {
    private static final int MAX_DIGITS = 6;

    private QueryTime() {}

    /**
     * Reads a time of RFC 3339, a day, or how long before {@code now}; null when it is none of these. No session is
     * older than 1970, and a store need not know a time that is.
     */
    static @Nullable Instant read(String text, Instant now) {
        Duration ago = duration(text);
        Instant time = ago == null ? written(text) : now.minus(ago);
        return time != null && time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private static @Nullable Instant written(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            // java.time would take years of more than four digits with a sign before them.
            return null;
        }
        try {
            return text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Duration duration(String text) {
        int digits = text.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS) {
            return null;
        }
        for (int i = 0; i < digits; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        int amount = Integer.parseInt(text, 0, digits, 10);
        return switch (text.charAt(digits)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'd' -> Duration.ofDays(amount);
            case 'w' -> Duration.ofDays(7L * amount);
            default -> null;
        };
    }
}
