// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/** Finds values by what they look like, wherever they stand. Immutable; safe for any number of threads. */
public interface ValueScanner {
    /** Finds nothing. */
    ValueScanner NONE = (_, _, _, _) -> {};

    /** Told of each value found. */
    interface Hits {
        void hit(int from, int to, Treatment treatment);

        /**
         * So many bytes are about to be looked through once more.
         *
         * @throws OutOfTime when whoever wants the hits has waited long enough
         */
        default void work(int bytes) {}
    }

    /**
     * Looks through a whole value or a whole text, in UTF-8 and without escapes. Hits come in order and do not overlap.
     * Linear in the length, whatever the bytes are.
     */
    void scan(byte[] bytes, int from, int to, Hits hits);

    /** One that finds the same and keeps what it needs for it from value to value; for one thread only. */
    default ValueScanner ofOneThread() {
        return this;
    }
}
