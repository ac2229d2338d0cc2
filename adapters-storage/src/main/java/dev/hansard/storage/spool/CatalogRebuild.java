// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SpoolPosition;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fills a catalog anew from segments: all of them, or those of the days that it lost. The spool files come after, by
 * the indexer: the position that it goes on from is the beginning again. When it is killed the catalog is incomplete,
 * and has to be rebuilt once more.
 */
final class CatalogRebuild {
    private static final int PAGE = 1000;
    private static final int BATCH = 500;

    /** The part of a segment's key that says the day. */
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("/uuuu/MM/dd/", Locale.ROOT);

    private final SessionCatalog catalog;
    private final PayloadStore payloads;

    CatalogRebuild(SessionCatalog catalog, PayloadStore payloads) {
        this.catalog = catalog;
        this.payloads = payloads;
    }

    /** Empties the catalog first. The answer is how many rows came from segments. */
    long all() throws IOException {
        catalog.clear();
        return index(_ -> true);
    }

    /**
     * Gives the catalog back the days that it lost, and tells it so. A session lies in the hour of its start, which for
     * a call about midnight may be of another day than its id: so the days beside are looked at too.
     */
    long restore(Set<LocalDate> days) throws IOException {
        var folders = new HashSet<String>();
        for (LocalDate day : days) {
            for (int beside = -1; beside <= 1; beside++) {
                folders.add(FOLDER.format(day.plusDays(beside)));
            }
        }
        long rows = index(key -> folders.stream().anyMatch(key::contains));
        // Without a segment nothing has told it yet that it has to go through the spool once more.
        catalog.index(List.of(), SpoolPosition.START);
        catalog.rebuilt(days);
        return rows;
    }

    /** Rows first: where a session has both, it is shown from its record. */
    private long index(Predicate<String> chosen) throws IOException {
        long rows = index(key -> key.endsWith(Segment.ROWS) && chosen.test(key), new SegmentReader(payloads));
        return rows + index(key -> key.endsWith(Segment.RECORDS) && chosen.test(key), new SegmentReader(payloads));
    }

    private long index(Predicate<String> chosen, SegmentReader reader) throws IOException {
        long rows = 0;
        List<String> page = payloads.list("", "", PAGE);
        while (!page.isEmpty()) {
            for (String key : page) {
                if (chosen.test(key)) {
                    List<CatalogEntry> found = reader.read(key);
                    index(found);
                    rows += found.size();
                }
            }
            page = payloads.list("", page.getLast(), PAGE);
        }
        return rows;
    }

    private void index(List<CatalogEntry> rows) {
        for (int from = 0; from < rows.size(); from += BATCH) {
            catalog.index(rows.subList(from, Math.min(from + BATCH, rows.size())), SpoolPosition.START);
        }
    }
}
