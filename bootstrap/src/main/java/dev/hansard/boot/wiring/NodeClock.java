// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.session.Pause;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a node takes time and chance from; another one makes a node that runs in a simulation.
 *
 * @param wall the time of day
 * @param nanos a clock that never goes back
 * @param random the source of ids; must be safe for any number of threads
 * @param secrets the source of what nobody may guess
 * @param pause how a thread waits
 */
public record NodeClock(
        InstantSource wall, LongSupplier nanos, RandomGenerator random, RandomGenerator secrets, Pause pause) {
    /** The machine's own. */
    public static NodeClock system() {
        // Ids have to be unique, not secret, and they are made for every call.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new NodeClock(Clock.systemUTC(), System::nanoTime, random, new SecureRandom(), Thread::sleep);
    }
}
