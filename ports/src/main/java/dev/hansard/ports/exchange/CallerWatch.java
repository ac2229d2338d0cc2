// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * Tells when a caller goes away while its request waits. Asking costs something, so that only those ask who wait.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CallerWatch {
    /** Of a caller who is not connected, and so does not go away. */
    CallerWatch NEVER = _ -> {};

    /**
     * Has something done when the caller has ended its connection, or its half of it; at most once, on any thread, and
     * soon. To be asked once at the most.
     */
    void whenGone(Runnable told);
}
