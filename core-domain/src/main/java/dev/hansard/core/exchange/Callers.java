// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.identity.Caller;

/** Says who calls, by the head of the request and where it came in. */
@FunctionalInterface
public interface Callers {
    Caller of(Arrival arrival);
}
