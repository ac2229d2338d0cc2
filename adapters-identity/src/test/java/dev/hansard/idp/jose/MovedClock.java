// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.ports.identity.InMemoryApiKeys;
import dev.hansard.ports.spi.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clocks that stand until they are moved. */
public final class MovedClock {
    /** Where they stand at first. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong();

    public Surroundings surroundings() {
        return new Surroundings(now::get, nanos::get, new Random(7), new InMemoryApiKeys());
    }

    public void move(Duration by) {
        now.updateAndGet(time -> time.plus(by));
        nanos.addAndGet(by.toNanos());
    }

    /** Sets the time of day alone, as an operator does. */
    public void set(Instant time) {
        now.set(time);
    }

    public Instant now() {
        return now.get();
    }
}
