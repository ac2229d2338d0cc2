// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.circuit.Circuits;
import dev.hansard.core.limit.Limits;
import java.util.HashMap;
import java.util.Map;

/**
 * What keeps calls back although they may pass.
 *
 * @param limits how much callers may have of a service
 * @param circuits which upstreams are left alone
 */
public record Throttle(Limits limits, Circuits circuits) {
    /** Nothing does. */
    public static final Throttle NONE = new Throttle(Limits.NONE, Circuits.NONE);

    /** Counters and states by their names as metrics. */
    public Map<String, Long> figures() {
        var figures = new HashMap<>(limits.figures());
        figures.putAll(circuits.figures());
        return figures;
    }
}
