// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.health;

import java.util.List;

/**
 * Says whether the node should get calls, and why not.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NodeHealth {
    /** Every check, as it stands now. Ready means that all are well. */
    List<Check> checks();

    /**
     * One thing that must be well.
     *
     * @param name stable word, such as {@code spool}
     * @param detail for people: why it is not well, or what should be seen to although it is; else empty
     */
    record Check(String name, boolean well, String detail) {}
}
