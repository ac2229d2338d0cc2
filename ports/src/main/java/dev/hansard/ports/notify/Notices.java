// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

/**
 * Where notices go. Telling neither waits nor fails: what cannot be delivered is counted and logged by whoever should
 * have done it. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Notices {
    /** For a node that tells nobody. */
    Notices NONE = _ -> {};

    /** Tells all who want to hear of its type. */
    void tell(Notice notice);
}
