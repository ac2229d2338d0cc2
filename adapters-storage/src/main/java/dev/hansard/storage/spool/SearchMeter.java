// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.search.SearchCost;

/** Counts what a search costs. Belongs to the search. */
final class SearchMeter {
    private long segments;
    private long blocks;
    private long blocksSkipped;
    private long blocksUnindexed;
    private long sessionsRead;
    private long unreadable;
    private long indexBytes;
    private long recordBytes;
    private long aheadBytes;
    private long found;

    void segment() {
        segments++;
    }

    /** A block that has to be read. */
    void block(boolean indexed) {
        blocks++;
        blocksUnindexed += indexed ? 0 : 1;
    }

    void skippedBlock() {
        blocks++;
        blocksSkipped++;
    }

    void index(long bytes) {
        indexBytes += bytes;
    }

    /** A run of records that will be read. */
    void ahead(SearchRun run) {
        aheadBytes += run.length();
    }

    void read(SearchRun run) {
        aheadBytes -= run.length();
        recordBytes += run.length();
    }

    void session() {
        sessionsRead++;
    }

    void unreadable() {
        unreadable++;
    }

    void found() {
        found++;
    }

    long recordBytes() {
        return recordBytes;
    }

    SearchCost cost() {
        return new SearchCost(
                segments,
                blocks,
                blocksSkipped,
                blocksUnindexed,
                sessionsRead,
                unreadable,
                indexBytes,
                recordBytes,
                aheadBytes,
                found);
    }
}
