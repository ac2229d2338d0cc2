// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and prints durations, sizes and counts. */
public final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})([A-Za-z]*)");
    private static final String A_DURATION = "a duration such as 500ms, 60s, 5m, 12h or 30d";
    private static final String A_SIZE = "a size such as 512B, 64KiB, 10MiB or 4GiB";
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
    private static final List<String> TIME_ORDER = List.of("d", "h", "m", "s", "ms");
    private static final List<String> SIZE_ORDER = List.of("TiB", "GiB", "MiB", "KiB", "B");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Amounts() {}

    /** A positive duration. */
    public static Duration duration(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        Duration unit = matcher.matches() ? TIME_UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            boolean bare = matcher.matches() && matcher.group(2).isEmpty();
            throw new MisfitException(A_DURATION, bare ? "add a unit: ms, s, m, h or d" : "");
        }
        long count = Long.parseLong(matcher.group(1));
        if (count == 0 || count > LONGEST.dividedBy(unit)) {
            throw new MisfitException("a duration of more than 0 and at most 36500d");
        }
        return unit.multipliedBy(count);
    }

    /** A duration of at most {@code most}. */
    public static Duration duration(String text, Duration most) {
        Duration duration = duration(text);
        if (duration.compareTo(most) > 0) {
            throw new MisfitException("a duration of at most " + print(most));
        }
        return duration;
    }

    /** A duration within bounds. */
    public static Duration duration(String text, Duration least, Duration most) {
        Duration duration = duration(text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new MisfitException("a duration from " + print(least) + " to " + print(most));
        }
        return duration;
    }

    /** A size in bytes, within bounds. */
    public static long bytes(String text, long least, long most) {
        Matcher matcher = AMOUNT.matcher(text);
        Long unit = matcher.matches() ? SIZE_UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new MisfitException(A_SIZE, "units are B, KiB, MiB, GiB and TiB");
        }
        long count = Long.parseLong(matcher.group(1));
        // Compared before it is multiplied, so that it cannot overflow.
        if (count > most / unit || count * unit < least) {
            throw new MisfitException("a size from " + print(least) + " to " + print(most));
        }
        return count * unit;
    }

    /** A rate in bytes per second, within bounds. */
    public static long bytesPerSecond(String text, long least, long most) {
        if (!text.endsWith("/s")) {
            throw new MisfitException("a rate such as 1KiB/s");
        }
        return bytes(text.substring(0, text.length() - 2), least, most);
    }

    /** A whole number, within bounds. */
    public static int whole(String text, int least, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : -1;
        if (!digits || number < least || number > most) {
            throw new MisfitException("a whole number from " + least + " to " + most);
        }
        return number;
    }

    /** In the largest unit that fits without a rest. */
    public static String print(Duration duration) {
        for (String unit : TIME_ORDER) {
            Duration one = TIME_UNITS.getOrDefault(unit, Duration.ZERO);
            long count = duration.dividedBy(one);
            if (count > 0 && one.multipliedBy(count).equals(duration)) {
                return count + unit;
            }
        }
        return duration.toMillis() + "ms";
    }

    /** In the largest unit that fits without a rest. */
    public static String print(long bytes) {
        for (String unit : SIZE_ORDER) {
            long one = SIZE_UNITS.getOrDefault(unit, 1L);
            if (bytes >= one && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }
}
