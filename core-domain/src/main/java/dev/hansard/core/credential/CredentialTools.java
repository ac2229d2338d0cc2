// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What credentials need from outside.
 *
 * @param wall the time of day, for what is shown and signed
 * @param nanos a clock that only goes forward, for what ends
 * @param random of versions and of jitter; nobody may guess it
 */
public record CredentialTools(InstantSource wall, LongSupplier nanos, RandomGenerator random) {}
