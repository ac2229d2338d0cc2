// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * How a stored record stands to the ledger of the node that made it.
 *
 * @param index of its leaf; negative when none is known
 * @since 0.1
 */
public record Standing(State state, long index) {
    /**
     * What was found.
     *
     * @since 0.1
     */
    public enum State {
        /** The record is the one that was entered. */
        INTACT,
        /** Something else was entered in its place: somebody has changed the record, or the ledger. */
        CHANGED,
        /** Newer records are entered, and this one is not: somebody has put it there. */
        MISSING,
        /** It is newer than all that is published. */
        PENDING,
        /** The record or the ledger cannot be read now. */
        UNKNOWN
    }

    /** Of a record of which no leaf is known. */
    public static Standing of(State state) {
        return new Standing(state, -1);
    }

    /** Whether the record must not pass for what was recorded. */
    public boolean isDoubtful() {
        return state == State.CHANGED || state == State.MISSING;
    }
}
