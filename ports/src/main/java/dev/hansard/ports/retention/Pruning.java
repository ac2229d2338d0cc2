// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

/**
 * What came of a run that removes what is due.
 *
 * @since 0.1
 */
public sealed interface Pruning {
    /**
     * It was done.
     *
     * @param segments how many segments something was removed of
     * @param left how many are due and were left for the next run, because one run takes no more
     * @since 0.1
     */
    record Done(int segments, long sessions, long bytes, long left) implements Pruning {}

    /**
     * Nothing was removed.
     *
     * @param why for people
     * @since 0.1
     */
    record Withheld(String why) implements Pruning {}
}
