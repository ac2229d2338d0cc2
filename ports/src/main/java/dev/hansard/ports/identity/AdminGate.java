// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Refusal;

/**
 * The way in to the admin plane. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface AdminGate {
    /** Decides on the head of a request. */
    Entry enter(Presented presented);

    /** Whether nobody is asked who they are, which is for loopback only. */
    boolean isOpen();

    /** What comes of asking to be let in. */
    sealed interface Entry {
        /** Somebody who is known; what they may do is in {@code access}. */
        record Known(Access access) implements Entry {}

        /** Nobody who is known. */
        record Stranger(Refusal refusal) implements Entry {}
    }
}
