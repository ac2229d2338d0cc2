// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * Whether a call may send its first byte upstream.
 *
 * @since 0.1
 */
public sealed interface Readiness {
    /** It may. */
    enum Ready implements Readiness {
        READY
    }

    /** The record cannot be promised; nothing may be sent, the caller gets {@code refusal}. */
    record Unready(Refusal refusal) implements Readiness {}
}
