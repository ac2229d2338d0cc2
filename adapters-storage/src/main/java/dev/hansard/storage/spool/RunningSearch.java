// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search, hour by hour. Of an hour the words of all segments are asked first, one a step; what they leave is read
 * in runs, those with the newest sessions first. Segments of several nodes lie side by side, so a session that is found
 * is held until no run is left that could have a newer one. Belongs to one thread.
 */
final class RunningSearch implements ContentSearch.Running {
    private static final Comparator<SearchStep.Found> NEWEST_FIRST = Comparator.comparing(
                    (SearchStep.Found found) -> found.session().id())
            .reversed();

    private final SpoolStores stores;
    private final ContentQuery query;
    private final SearchMeter meter = new SearchMeter();
    private final SpoolRuns spool;
    private final SegmentWords words;
    private final RunScan scan;

    private final Map<Instant, List<SearchRun>> ofSpool = new HashMap<>();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Queue<SearchRun> runs = new PriorityQueue<>(SearchRun.ORDER);
    private final Queue<SearchStep.Found> held = new PriorityQueue<>(NEWEST_FIRST);
    private final Set<SessionId> given = new HashSet<>();
    private @Nullable SegmentHours hours;
    private @Nullable Instant hour;
    private SearchStep.@Nullable Ended ended;
    private boolean closed;

    RunningSearch(SpoolStores stores, SpoolFiles files, FrameKeys keys, ContentQuery query) {
        this.stores = stores;
        this.query = query;
        this.spool = new SpoolRuns(files, query, meter);
        this.words = new SegmentWords(stores.payloads(), keys, query, meter);
        this.scan = new RunScan(stores, files, keys, query, meter);
    }

    @Override
    public SearchStep next() {
        if (closed) {
            throw new IllegalStateException("the search is closed");
        }
        try {
            return ended != null ? ended : step();
        } catch (IOException e) {
            throw new StorageException("the search cannot go on: " + e.getMessage(), e);
        }
    }

    private SearchStep step() throws IOException {
        SegmentHours its = hours;
        if (its == null) {
            // Before segments are listed: what is sealed meanwhile is in one place or in both.
            ofSpool.putAll(spool.byHour());
            hours = new SegmentHours(stores.catalog(), stores.payloads(), query, ofSpool.keySet());
            return new SearchStep.Passed(null);
        }
        Segment segment = segments.poll();
        if (segment != null) {
            ask(segment, its);
            return new SearchStep.Passed(hour);
        }
        SearchStep.Found found = released();
        if (found != null) {
            meter.found();
            return found;
        }
        return runs.isEmpty() ? nextHour(its) : read();
    }

    private void ask(Segment segment, SegmentHours its) throws IOException {
        List<SearchRun> found = words.runs(segment);
        if (found == null) {
            // Rewritten: what is left of it lies beside it.
            its.beside(segment).stream().filter(other -> seen.add(other.key())).forEach(segments::add);
        } else {
            found.forEach(this::add);
        }
    }

    private void add(SearchRun run) {
        meter.ahead(run);
        runs.add(run);
    }

    /** The newest session that was found, if there can be no newer one. */
    private SearchStep.@Nullable Found released() {
        SearchRun next = runs.peek();
        SearchStep.Found found = held.peek();
        while (found != null && (next == null || found.session().id().compareTo(next.newest()) > 0)) {
            held.poll();
            if (given.add(found.session().id())) {
                return found;
            }
            found = held.peek();
        }
        return null;
    }

    private SearchStep read() throws IOException {
        SearchRun run = runs.element();
        if (meter.recordBytes() >= query.maxBytes()) {
            // What is held is found again by whoever goes on.
            forget();
            ended = new SearchStep.Ended(run.newest());
            return ended;
        }
        runs.remove();
        held.addAll(scan.found(run));
        return new SearchStep.Passed(hour);
    }

    private SearchStep nextHour(SegmentHours its) {
        given.clear();
        seen.clear();
        SegmentHours.Hour next = its.next();
        if (next == null) {
            ended = new SearchStep.Ended(null);
            return ended;
        }
        hour = next.start();
        next.segments().forEach(segment -> seen.add(segment.key()));
        segments.addAll(next.segments());
        ofSpool.getOrDefault(hour, List.of()).forEach(this::add);
        return new SearchStep.Passed(hour);
    }

    @Override
    public SearchCost cost() {
        return meter.cost();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forget();
            scan.close();
        }
    }

    private void forget() {
        segments.clear();
        runs.clear();
        held.clear();
    }
}
