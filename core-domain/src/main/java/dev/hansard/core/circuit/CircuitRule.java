// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;

/**
 * When an upstream is left alone.
 *
 * @param failures how many of a hundred calls have to fail; 1 to 100
 * @param of with fewer calls in the window nothing is decided; 1 to {@value #MOST_CALLS}
 * @param window over which calls are counted
 * @param open how long it is left alone before one call tries it
 * @param trials how many calls in a row, one after the other, have to succeed before all go to it again; 1 to
 *     {@value #MOST_TRIALS}
 */
public record CircuitRule(int failures, int of, Duration window, Duration open, int trials) {
    public static final int MOST_CALLS = 100_000;
    public static final int MOST_TRIALS = 1_000;
    /** The shortest and the longest time that can be named. */
    public static final Duration LEAST = Duration.ofMillis(10);

    public static final Duration MOST = Duration.ofHours(1);
    public static final CircuitRule USUAL = new CircuitRule(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 3);

    public CircuitRule {
        boolean hasCounts =
                failures >= 1 && failures <= 100 && of >= 1 && of <= MOST_CALLS && trials >= 1 && trials <= MOST_TRIALS;
        if (!hasCounts || !isWithin(window) || !isWithin(open)) {
            throw new InvalidValueException("a circuit must have failures of 1 to 100, of up to " + MOST_CALLS
                    + ", trials up to " + MOST_TRIALS + ", and a window and a time to be open of 10 ms to 1 h");
        }
    }

    private static boolean isWithin(Duration time) {
        return time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0;
    }
}
