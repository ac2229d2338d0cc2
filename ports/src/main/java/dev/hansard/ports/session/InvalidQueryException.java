// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * A query cannot be understood. A retry cannot succeed.
 *
 * @since 0.1
 */
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * @param message what is wrong and what to write instead
     * @param position index of the first wrong character in the query, from 0
     */
    public InvalidQueryException(String message, int position) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }
}
