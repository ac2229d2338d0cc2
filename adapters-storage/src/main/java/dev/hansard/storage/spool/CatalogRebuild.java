// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static java.util.stream.Collectors.toSet;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Fills a catalog anew from all segments. The spool files come after, by the indexer: the position that it goes on from is the
 * beginning again. When it is killed the catalog is incomplete, and has to be rebuilt once more.
 */
final class CatalogRebuild {
    private static final String SUFFIX = ".warc.zst";
    private static final DateTimeFormatter FOLDERS = DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);
    private static final int PAGE = 1000;
    private static final int BATCH = 500;

    private final SessionCatalog catalog;
    private final PayloadStore payloads;

    CatalogRebuild(SessionCatalog catalog, PayloadStore payloads) {
        this.catalog = catalog;
        this.payloads = payloads;
    }

    /** The answer is how many rows came from segments. */
    long run() throws IOException {
        catalog.clear();
        return indexSegments(_ -> true, _ -> true);
    }

    /**
     * Gives back the days that an unclean stop has cost the catalog. Before the spool is opened: its recovery asks the catalog
     * which calls have their record in a segment, and which numbers are taken. The answer is how many rows came from segments.
     */
    long restoreLostDays() throws IOException {
        Set<LocalDate> lost = catalog.lostDays();
        if (lost.isEmpty()) {
            return 0;
        }
        // An id is a little older than the hour that its segment is filed under, so it can be of the day before.
        Set<String> folders = lost.stream()
                .flatMap(day -> Stream.of(day, day.plusDays(1)))
                .map(day -> "/" + FOLDERS.format(day) + "/")
                .collect(toSet());
        long rows = indexSegments(
                key -> folders.stream().anyMatch(key::contains),
                row -> lost.contains(dayOf(row.summary().id())));
        catalog.rebuilt(lost);
        return rows;
    }

    private static LocalDate dayOf(SessionId id) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(id.epochMillis()), ZoneOffset.UTC);
    }

    private long indexSegments(Predicate<String> wanted, Predicate<CatalogEntry> missing) throws IOException {
        var reader = new SegmentReader(payloads);
        long rows = 0;
        List<String> page = payloads.list("", "", PAGE);
        while (!page.isEmpty()) {
            for (String key : page) {
                if (key.endsWith(SUFFIX) && wanted.test(key)) {
                    List<CatalogEntry> found =
                            reader.read(key).stream().filter(missing).toList();
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
