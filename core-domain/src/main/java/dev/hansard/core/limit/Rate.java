// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;

/**
 * Calls in a time.
 *
 * @param calls 1 to {@value #MOST_CALLS}
 */
public record Rate(int calls, Period period) {
    /** More would come to less than a microsecond for each, where rounding to nanoseconds shows. */
    public static final int MOST_CALLS = 1_000_000;

    public Rate {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new InvalidValueException(
                    "a rate must have 1 to " + MOST_CALLS + " calls, but has " + calls + "; choose another unit");
        }
    }

    /** In what a rate is counted. */
    public enum Period {
        SECOND("s", Duration.ofSeconds(1)),
        MINUTE("m", Duration.ofMinutes(1)),
        HOUR("h", Duration.ofHours(1));

        private final String unit;
        private final long nanos;

        Period(String unit, Duration length) {
            this.unit = unit;
            this.nanos = length.toNanos();
        }

        /** As it stands in a configuration. */
        public String unit() {
            return unit;
        }
    }

    /** How many nanoseconds lie between two calls at this rate; rounded up, so that there are never more. */
    long interval() {
        return Math.ceilDiv(period.nanos, calls);
    }

    /** As it stands in a configuration, such as {@code 100/s}. */
    @Override
    public String toString() {
        return calls + "/" + period.unit;
    }
}
