// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a call.
 *
 * @param wall the time of day, for people
 * @param nanos a clock that never goes back, for durations
 */
public record CallClock(InstantSource wall, LongSupplier nanos) {}
