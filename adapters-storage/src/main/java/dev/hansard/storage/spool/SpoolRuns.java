// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SearchRun.Place;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a search has to read of the spool, by the hours in which sessions started. Nothing there has an index yet. */
final class SpoolRuns {
    private final SpoolFiles files;
    private final ContentQuery query;
    private final SearchMeter meter;

    SpoolRuns(SpoolFiles files, ContentQuery query, SearchMeter meter) {
        this.files = files;
        this.query = query;
        this.meter = meter;
    }

    Map<Instant, List<SearchRun>> byHour() throws IOException {
        Map<Instant, List<SearchRun>> hours = new HashMap<>();
        Optional<Known> next = files.from(0);
        while (next.isPresent()) {
            Known known = next.get();
            add(known, hours);
            next = files.from(known.number() + 1);
        }
        return hours;
    }

    private void add(Known known, Map<Instant, List<SearchRun>> hours) throws IOException {
        Map<Instant, List<Place>> places = new HashMap<>();
        try (Disk.File file = files.open(known.number())) {
            meter.segment();
            var scanner = new FrameScanner(file, FileHeader.LENGTH, known.end(), known.salt(), false);
            for (Found found = scanner.next(); found != null; found = scanner.next()) {
                if (found.head().kind().isRecord()) {
                    SessionSummary summary = scanner.summary(found);
                    meter.index(found.head().headLength());
                    if (fits(summary)) {
                        places.computeIfAbsent(
                                        summary.startedAt().truncatedTo(ChronoUnit.HOURS), _ -> new ArrayList<>())
                                .add(new Place(
                                        summary.id(),
                                        found.offset(),
                                        found.head().frameLength()));
                    }
                }
            }
        } catch (NoSuchFileException _) {
            // Sealed meanwhile: its sessions are in segments, which are listed after this.
            return;
        }
        places.forEach((hour, its) -> {
            meter.block(false);
            hours.computeIfAbsent(hour, _ -> new ArrayList<>()).addAll(SearchRun.of(known.container(), its));
        });
    }

    private boolean fits(SessionSummary summary) {
        return query.sessions().matches(summary)
                && (query.from() == null || summary.id().compareTo(query.from()) <= 0);
    }
}
