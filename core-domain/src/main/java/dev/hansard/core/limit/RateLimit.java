// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.value.InvalidValueException;

/**
 * How fast calls may come.
 *
 * @param burst how many may come at once after a pause that was long enough; 1 to {@value Rate#MOST_CALLS}
 * @param per whose calls are counted together
 */
public record RateLimit(Rate rate, int burst, Per per) {
    public RateLimit {
        if (burst < 1 || burst > Rate.MOST_CALLS) {
            throw new InvalidValueException("a burst must be 1 to " + Rate.MOST_CALLS + " calls, but is " + burst);
        }
    }

    /** Whose calls are counted together. */
    public enum Per {
        /** Each caller has a count of its own. */
        CALLER("caller"),
        /** All calls of the service. */
        SERVICE("service");

        private final String word;

        Per(String word) {
            this.word = word;
        }

        /** As it stands in a configuration. */
        public String word() {
            return word;
        }
    }
}
