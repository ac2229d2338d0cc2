// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.identity.ApiKeys;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the node gives to those that it hosts, in place of the statics of the platform, so that tests can move the
 * clock.
 *
 * @param wall the time of day, for what is dated
 * @param nanos a clock that only goes forward, in nanoseconds, for what is measured or awaited
 * @param random a source that cannot be guessed; safe for any number of threads
 * @param keys the API keys that were given out
 * @since 0.1
 */
public record Surroundings(InstantSource wall, LongSupplier nanos, RandomGenerator random, ApiKeys keys) {}
