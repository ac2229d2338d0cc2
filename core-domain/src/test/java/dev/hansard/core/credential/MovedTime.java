// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks of a test, which moves them. */
final class MovedTime {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    CredentialTools tools() {
        return new CredentialTools(() -> NOON.plusNanos(nanos.get()), nanos::get, new Random(7));
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
