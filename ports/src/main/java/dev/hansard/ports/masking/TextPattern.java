// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.masking;

/**
 * A compiled regular expression. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public interface TextPattern {
    /**
     * Finds the matches that do not overlap, leftmost first, in the order of the text. What stands before {@code from}
     * and after {@code to} does not exist for it: {@code ^} and {@code \b} hold at the edges. Matches of length 0 are
     * not told. Bytes that are no UTF-8 match nothing that is written out, and never hide what comes after them. Takes
     * time linear in the length.
     *
     * @param bytes a text in UTF-8
     */
    void find(byte[] bytes, int from, int to, Matches matches);

    /**
     * Told of each match.
     *
     * @since 0.1
     */
    interface Matches {
        /**
         * One match.
         *
         * @param from where it begins in the bytes that were given
         * @param to after its last byte
         */
        void match(int from, int to);
    }
}
