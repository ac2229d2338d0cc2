// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import java.util.List;
import java.util.Locale;

/** Prints times and sizes with three significant digits or so, for people. */
public final class Figures {
    private static final List<String> SIZE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final double STEP = 1024;

    private Figures() {}

    public static String duration(double millis) {
        if (millis < 1_000) {
            return decimal(millis) + "ms";
        }
        return millis < 60_000
                ? decimal(millis / 1_000) + "s"
                : "%dm%02ds".formatted((long) (millis / 60_000), (long) (millis / 1_000) % 60);
    }

    public static String size(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (shown >= STEP && unit < SIZE_UNITS.size() - 1) {
            shown /= STEP;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : decimal(shown)) + SIZE_UNITS.get(unit);
    }

    private static String decimal(double value) {
        int digits = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
