// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Fills a catalog anew from segments: all of them, or those of the days that it lost. The spool files come after, by
 * the indexer: the position that it goes on from is the beginning again. When it is killed the catalog is incomplete,
 * and has to be rebuilt once more. Belongs to one thread.
 */
final class CatalogRebuild {
    private static final int PAGE = 1000;
    private static final int BATCH = 500;

    /** The part of a segment's key that says the day. */
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("/uuuu/MM/dd/", Locale.ROOT);

    private final SessionCatalog catalog;
    private final PayloadStore payloads;
    private final Consumer<RebuiltCatalog> told;
    private final List<String> unreadable = new ArrayList<>();
    private long segments;
    private long ofSegments;
    private long rows;

    CatalogRebuild(SessionCatalog catalog, PayloadStore payloads) {
        this(catalog, payloads, _ -> {});
    }

    /**
     * @param told how far it is, after each segment
     */
    CatalogRebuild(SessionCatalog catalog, PayloadStore payloads, Consumer<RebuiltCatalog> told) {
        this.catalog = catalog;
        this.payloads = payloads;
        this.told = told;
    }

    /**
     * Empties the catalog first. A segment that cannot be read is named in the {@link #outcome}, and the others are
     * read all the same. The answer is how many rows came from segments.
     */
    long all() throws IOException {
        each(_ -> true, _ -> ofSegments++);
        catalog.clear();
        each(_ -> true, this::indexIfReadable);
        return rows;
    }

    private void indexIfReadable(String key) throws IOException {
        List<CatalogEntry> found = List.of();
        try {
            found = new SegmentReader(payloads).read(key);
            if (found.isEmpty()) {
                unreadable.add(key + ": no record of it can be read");
            }
        } catch (IOException | StorageException e) {
            if (e instanceof StorageException outage && outage.isOutage()) {
                throw e;
            }
            unreadable.add(key + ": " + e.getMessage());
        }
        index(found);
        segments++;
        rows += found.size();
        told.accept(outcome());
    }

    /** How far it has come. */
    RebuiltCatalog outcome() {
        return new RebuiltCatalog(segments, Math.max(segments, ofSegments), rows, unreadable);
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
        var reader = new SegmentReader(payloads);
        each(key -> folders.stream().anyMatch(key::contains), key -> {
            List<CatalogEntry> found = reader.read(key);
            index(found);
            rows += found.size();
        });
        // Without a segment nothing has told it yet that it has to go through the spool once more.
        catalog.index(List.of(), SpoolPosition.START);
        catalog.rebuilt(days);
        return rows;
    }

    /** What is done with the key of a segment. */
    private interface Step {
        void on(String key) throws IOException;
    }

    /** Rows first: where a session has both, it is shown from its record. */
    private void each(Predicate<String> chosen, Step step) throws IOException {
        each(Segment.ROWS, chosen, step);
        each(Segment.RECORDS, chosen, step);
    }

    private void each(String suffix, Predicate<String> chosen, Step step) throws IOException {
        List<String> page = payloads.list("", "", PAGE);
        while (!page.isEmpty()) {
            for (String key : page) {
                if (key.endsWith(suffix) && chosen.test(key)) {
                    step.on(key);
                }
            }
            page = payloads.list("", page.getLast(), PAGE);
        }
    }

    private void index(List<CatalogEntry> found) {
        for (int from = 0; from < found.size(); from += BATCH) {
            catalog.index(found.subList(from, Math.min(from + BATCH, found.size())), SpoolPosition.START);
        }
    }
}
