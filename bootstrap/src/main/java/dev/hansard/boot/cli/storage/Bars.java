// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Draws what came on each of the last days as a row of small bars, the oldest at the left. */
final class Bars {
    /** How many days are drawn. */
    static final int DAYS = 14;

    private static final String STEPS = "▁▂▃▄▅▆▇█";
    private static final char NOTHING = '·';

    private Bars() {}

    /**
     * A character for each day up to today.
     *
     * @param days of the answer: a day and its bytes
     */
    static String of(JsonNode days, LocalDate today) {
        Map<LocalDate, Long> bytes = new HashMap<>();
        days.forEach(day -> bytes.put(
                LocalDate.parse(day.path("day").asText()), day.path("bytes").asLong()));
        LocalDate first = today.minusDays(DAYS - 1L);
        long most = bytes.entrySet().stream()
                .filter(day -> !day.getKey().isBefore(first))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        var drawn = new StringBuilder();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            drawn.append(bar(bytes.getOrDefault(day, 0L), most));
        }
        return drawn.toString();
    }

    private static char bar(long bytes, long most) {
        if (bytes <= 0) {
            return NOTHING;
        }
        int step = (int) ((double) bytes / most * STEPS.length() - Double.MIN_VALUE);
        return STEPS.charAt(Math.clamp(step, 0, STEPS.length() - 1));
    }
}
