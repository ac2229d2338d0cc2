// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.exchange.RequestBody;

/**
 * Reads a content for policies, as every target reads it or not at all: what two readers could read differently is
 * refused (invariant S2). Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BodyReader {
    /** Reads all of it; never throws because of what it holds. */
    Reading read(PolicyRequest request, RequestBody body);

    /**
     * What came of it.
     *
     * @since 0.1
     */
    sealed interface Reading {}

    /**
     * The request has no content, or nobody asks for it.
     *
     * @since 0.1
     */
    enum Absent implements Reading {
        ABSENT
    }

    /**
     * A JSON text.
     *
     * @param value in the form that the expressions of the same adapter take; nobody else looks into it
     * @since 0.1
     */
    record Json(Object value) implements Reading {}

    /**
     * It cannot be read, or not in one way only.
     *
     * @param reason why, in a few words that hold nothing of the content
     * @since 0.1
     */
    record Unreadable(String reason) implements Reading {}
}
