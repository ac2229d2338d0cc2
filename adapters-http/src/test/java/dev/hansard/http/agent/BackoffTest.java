// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(7));

    @Test
    void waitsTwiceAsLongEachTimeUpToALimit() {
        for (int failures = 1; failures < 2_000; failures++) {
            long most = Math.min(Backoff.FIRST.toMillis() << Math.min(failures - 1, 20), Backoff.LONGEST.toMillis());

            assertThat(backoff.after(failures)).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
        }
    }
}
