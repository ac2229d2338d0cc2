// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The way in to the admin plane. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface AdminGate {
    /**
     * Decides on the head of a request. A credential in it is decided on before the session, and alone.
     *
     * @param session what the browser shows for a session; null when it shows nothing
     */
    Entry enter(Presented presented, @Nullable String session);

    /** Whether nobody is asked who they are, which is for loopback only. */
    boolean isOpen();

    /** What comes of asking to be let in. */
    sealed interface Entry {
        /**
         * Somebody who is known; what they may do is in {@code access}.
         *
         * @param signedIn the session by which they are known; null when they are known by something else
         */
        record Known(Access access, @Nullable SignedIn signedIn) implements Entry {
            /** Known by a credential of the request. */
            public Known(Access access) {
                this(access, null);
            }
        }

        /** Nobody who is known. */
        record Stranger(Refusal refusal) implements Entry {}
    }
}
