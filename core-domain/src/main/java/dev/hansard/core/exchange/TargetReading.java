// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Refusal;

/** What {@link TargetReader} made of a request-target and its host. */
public sealed interface TargetReading {
    /**
     * There is one reading of it, and this is it.
     *
     * @param authority what the caller asked for: the host in lower case, and the port if it was written
     * @param host the host alone, without port and without the brackets of an IPv6 address
     * @param path the canonical path; {@code *} for a request about the server as a whole
     * @param query the query with its question mark, byte for byte as sent; empty when there is none
     * @param rewritten whether {@link #target} differs from the request-target as it was received
     */
    record Read(String authority, String host, String path, String query, boolean rewritten) implements TargetReading {
        /** In origin-form: what is decided on, recorded and sent upstream. */
        public String target() {
            return query.isEmpty() ? path : path.concat(query);
        }
    }

    /** It has none, or more than one. */
    record Unreadable(Refusal refusal) implements TargetReading {}
}
