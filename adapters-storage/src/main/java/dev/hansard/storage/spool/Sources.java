// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a spool gets its time and its randomness from.
 *
 * @param nanos a monotonic clock
 * @param random must not be guessed: see {@link FrameFormat} for the salt
 */
record Sources(InstantSource clock, LongSupplier nanos, RandomGenerator random) {}
