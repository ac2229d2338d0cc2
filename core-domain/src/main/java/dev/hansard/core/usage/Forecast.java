// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says when room runs out: the first day on which what is stored reaches a limit, if each coming day brings as much as
 * the last whole days did, and takes what the retention classes say. It knows neither weekends nor growth.
 */
final class Forecast {
    /** Nothing is foretold beyond. */
    static final int HORIZON_DAYS = 365;

    private Forecast() {}

    /** When stocks come to a limit; null when not within the horizon, or when there are too few days to tell. */
    static @Nullable Instant fullAt(List<Stock> stocks, long besides, long limit, Instant now) {
        return isKnown(stocks)
                ? first(
                        ahead -> besides
                                + stocks.stream()
                                        .mapToDouble(stock -> stock.inDays(ahead))
                                        .sum(),
                        (double) limit,
                        now)
                : null;
    }

    static boolean isKnown(List<Stock> stocks) {
        return stocks.stream().anyMatch(stock -> stock.wholeDays() >= Stock.LEAST_DAYS);
    }

    /** When a figure that is known for each day comes to a limit. */
    static @Nullable Instant first(IntToDoubleFunction figure, double limit, Instant now) {
        for (int ahead = 0; ahead <= HORIZON_DAYS; ahead++) {
            if (figure.applyAsDouble(ahead) >= limit) {
                return ahead == 0
                        ? now
                        : now.atZone(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.DAYS)
                                .plusDays(ahead)
                                .toInstant();
            }
        }
        return null;
    }
}
