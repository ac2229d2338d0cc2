// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

/**
 * A compiled question about a request. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public interface Expression {
    /** As it was written. */
    String text();

    /** Whether its answer depends on the content. */
    boolean needsBody();

    /**
     * Asks it. Takes a bounded number of steps, and never throws because of what the request holds.
     *
     * @param body what was read of the content
     */
    Answer ask(PolicyRequest request, BodyReader.Reading body);

    /**
     * The answer.
     *
     * @since 0.1
     */
    sealed interface Answer {}

    /**
     * It could be told.
     *
     * @since 0.1
     */
    enum Told implements Answer {
        YES,
        NO
    }

    /**
     * It could not be told.
     *
     * @param reason why, in a few words that hold nothing of the request's values
     * @since 0.1
     */
    record Unknown(String reason) implements Answer {}
}
