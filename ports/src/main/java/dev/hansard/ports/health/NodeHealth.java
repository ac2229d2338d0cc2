// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.health;

import java.util.List;
import java.util.Map;

/**
 * Says whether the node should get calls, and why not.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NodeHealth {
    /** Every check, as it stands now. Ready means that all are well. */
    List<Check> checks();

    /** Counters and gauges of the node besides those of its calls, by the names that they have as metrics. */
    default Map<String, Long> figures() {
        return Map.of();
    }

    /**
     * One thing that must be well.
     *
     * @param name stable word, such as {@code spool}
     * @param detail for people: what is wrong, or what will be; empty when there is nothing to say
     */
    record Check(String name, boolean well, String detail) {}
}
