// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.SearchRun.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs of records and compares their contents. What does not read where it was is looked for once more where the
 * catalog says that it is: it may have been sealed, or its segment rewritten. Belongs to one search.
 */
final class RunScan implements AutoCloseable {
    private final SpoolStores stores;
    private final SpoolFiles files;
    private final FrameKeys keys;
    private final ContentQuery query;
    private final SearchMeter meter;
    private final FrameSearch search;

    RunScan(SpoolStores stores, SpoolFiles files, FrameKeys keys, ContentQuery query, SearchMeter meter) {
        this.stores = stores;
        this.files = files;
        this.keys = keys;
        this.query = query;
        this.meter = meter;
        this.search = new FrameSearch(query.phrase());
    }

    /** What to do with the bytes of a container. */
    private interface Use {
        void of(FrameBytes container) throws IOException;
    }

    /** The sessions of a run that have the phrase, in no order. */
    List<SearchStep.Found> found(SearchRun run) throws IOException {
        meter.read(run);
        var found = new ArrayList<SearchStep.Found>();
        var left = new ArrayList<>(run.frames());
        try {
            open(run.container(), container -> {
                FrameBytes bytes = run.length() > SearchRun.MOST ? container : inMemory(container, run);
                for (Place place : run.frames()) {
                    compare(run.container(), place, bytes, found);
                    left.remove(place);
                }
            });
        } catch (IOException | StorageException e) {
            requireNoOutage(e);
            left.forEach(place -> elsewhere(run.container(), place, found));
        }
        return found;
    }

    private static void requireNoOutage(Exception e) {
        if (e instanceof StorageException outage && outage.isOutage()) {
            throw outage;
        }
    }

    private static FrameBytes inMemory(FrameBytes container, SearchRun run) throws IOException {
        byte[] bytes;
        try (InputStream in = container.open(run.offset(), run.length())) {
            bytes = in.readNBytes((int) run.length());
        }
        if (bytes.length < run.length()) {
            throw new IOException(run.container() + " is cut short");
        }
        return (from, length) -> new ByteArrayInputStream(bytes, (int) (from - run.offset()), (int) length);
    }

    private void open(String container, Use use) throws IOException {
        if (!SpoolFiles.isContainer(container)) {
            use.of((from, length) -> stores.payloads().read(container, from, length));
            return;
        }
        long number = files.find(container)
                .orElseThrow(() -> new NoSuchFileException(container))
                .number();
        try (Disk.File file = files.open(number)) {
            use.of(new FileFrame(file, 0));
        }
    }

    private void compare(String container, Place place, FrameBytes bytes, List<SearchStep.Found> found) {
        try {
            compareOrFail(container, place, bytes, found);
        } catch (IOException | StorageException e) {
            requireNoOutage(e);
            elsewhere(container, place, found);
        }
    }

    private void compareOrFail(String container, Place place, FrameBytes bytes, List<SearchStep.Found> found)
            throws IOException {
        FrameBytes its = (from, length) -> bytes.open(place.offset() + from, length);
        FrameReader frame = FrameReader.open(its, place.length(), place.id(), keys);
        Set<Direction> in = search.in(frame);
        meter.session();
        if (!in.isEmpty()) {
            SessionSummary shown = shown(container, place.id(), frame);
            if (shown != null && query.sessions().matches(shown)) {
                found.add(new SearchStep.Found(shown, in));
            }
        }
    }

    /** As the catalog has it: what was erased it does not have. A record of the spool it may not have yet. */
    private @Nullable SessionSummary shown(String container, SessionId id, FrameReader frame) {
        CatalogEntry entry = stores.catalog().find(id).orElse(null);
        if (entry == null) {
            return SpoolFiles.isContainer(container) ? frame.summary() : null;
        }
        return Segment.isRows(entry.location().container()) ? null : entry.summary();
    }

    @Override
    public void close() {
        search.close();
    }

    private void elsewhere(String container, Place place, List<SearchStep.Found> found) {
        FrameLocation now = stores.catalog()
                .find(place.id())
                .map(CatalogEntry::location)
                .filter(location -> !Segment.isRows(location.container()))
                .orElse(null);
        if (now == null || now.container().equals(container)) {
            meter.unreadable();
            return;
        }
        try {
            var there = new Place(place.id(), now.offset(), now.length());
            open(now.container(), bytes -> compareOrFail(now.container(), there, bytes, found));
        } catch (IOException | StorageException e) {
            requireNoOutage(e);
            meter.unreadable();
        }
    }
}
