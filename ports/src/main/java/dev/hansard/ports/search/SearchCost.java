// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

/**
 * What a search has cost so far.
 *
 * @param segments that were looked at, and spool files
 * @param blocks of sessions in them
 * @param blocksSkipped those of which the index of words said that no session can have the phrase
 * @param blocksUnindexed those without such an index, or whose index could not be read: all of their sessions are read
 * @param sessionsRead those whose contents were compared
 * @param unreadable sessions that could not be read, because they are damaged or their key was destroyed
 * @param indexBytes bytes that were read to find out what to compare
 * @param recordBytes bytes of records that were read; what the limit counts
 * @param aheadBytes bytes of records that are known to be compared next
 * @param found sessions that have the phrase
 * @since 0.1
 */
public record SearchCost(
        long segments,
        long blocks,
        long blocksSkipped,
        long blocksUnindexed,
        long sessionsRead,
        long unreadable,
        long indexBytes,
        long recordBytes,
        long aheadBytes,
        long found) {
    /** Nothing yet. */
    public static final SearchCost NONE = new SearchCost(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
