// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.value.InvalidValueException;
import java.util.List;

/**
 * What one service takes.
 *
 * @param rates a call has to keep to all of them
 * @param inFlight calls at a time; 0 for any number
 * @param inFlightOfCaller the same of one caller
 * @param callers how many callers of one identity provider have a count of their own at a time
 */
public record ServiceLimits(List<RateLimit> rates, int inFlight, int inFlightOfCaller, int callers) {
    /** Callers with a count of their own, where nothing else is said: some megabytes of memory at the most. */
    public static final int USUAL_CALLERS = 10_000;

    public ServiceLimits {
        rates = List.copyOf(rates);
        if (inFlight < 0 || inFlightOfCaller < 0 || callers < 1) {
            throw new InvalidValueException("limits must not be negative, and callers must be 1 or more");
        }
    }
}
