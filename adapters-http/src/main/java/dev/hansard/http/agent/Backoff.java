// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many failures: twice as long each time, and never the same for two agents. */
record Backoff(RandomGenerator random) {
    static final Duration FIRST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(15);

    /** Doublings after which it is the longest anyway. */
    private static final int MOST_DOUBLINGS = 10;

    /** @param failures in a row, at least one */
    Duration after(int failures) {
        long whole = FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long most = Math.min(whole, LONGEST.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
