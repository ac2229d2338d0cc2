// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

import java.util.List;

/**
 * The alerts that are raised, so that none is raised again because a process started anew. A change is durable when
 * the method that made it returns. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface AlertRecords {
    /** All of them, by subject. */
    List<Alert> raised();

    /** Keeps an alert in the place of one with its subject. */
    void put(Alert alert);

    /** Forgets an alert; does nothing where there is none. */
    void remove(String subject);
}
