// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.usage.StorageDesk.Checked;
import dev.hansard.ports.usage.StorageDesk.Finding;
import dev.hansard.ports.usage.StorageDesk.Part;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is stored, a part at a time: whoever asks for it comes again for the next, so that nothing has to be
 * remembered of a check that takes hours. It changes nothing, and what goes or comes while it runs is no fault.
 */
public final class StorageCheck {
    /** After so long an answer is given, and the rest left for the next question. */
    private static final long STEP_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int CATALOG_ROWS = 500;
    private static final int MOST_FINDINGS = 200;

    private final StoredParts parts;
    private final Segments segments;
    private final SessionCatalog catalog;
    private final Map<String, Runnable> control;
    private final LongSupplier nanos;

    /**
     * A check of these.
     *
     * @param control reads each part of the control data, by name
     * @param nanos a clock that only goes forward
     */
    public StorageCheck(
            StoredParts parts,
            Segments segments,
            SessionCatalog catalog,
            Map<String, Runnable> control,
            LongSupplier nanos) {
        this.parts = parts;
        this.segments = segments;
        this.catalog = catalog;
        this.control = new LinkedHashMap<>(control);
        this.nanos = nanos;
    }

    /** Checks from a cursor on: a part's name, a colon, and what was checked last of it. */
    public Checked from(String cursor) {
        if (cursor.isEmpty()) {
            return control();
        }
        int colon = cursor.indexOf(':');
        String after = cursor.substring(colon + 1);
        return switch (colon < 0 ? "" : cursor.substring(0, colon)) {
            case "spool" -> spool(after);
            case "segments" -> segments(after);
            case "catalog" -> catalog(after.isEmpty() ? null : SessionId.parse(after));
            default -> throw new InvalidValueException("there is no such place in a check; start without one");
        };
    }

    private static String at(Part part, String after) {
        return part.name().toLowerCase(Locale.ROOT) + ":" + after;
    }

    private Checked control() {
        var findings = new ArrayList<Finding>();
        control.forEach((name, reading) -> {
            try {
                reading.run();
            } catch (StorageException e) {
                findings.add(new Finding(Part.CONTROL, name, "cannot be read: " + e.getMessage()));
            }
        });
        return new Checked(Part.CONTROL, control.size(), findings, at(Part.SPOOL, ""));
    }

    private Checked spool(String after) {
        String next = parts.spoolFiles().stream()
                .filter(name -> name.compareTo(after) > 0)
                .findFirst()
                .orElse(null);
        if (next == null) {
            return new Checked(Part.SPOOL, 0, List.of(), at(Part.SEGMENTS, ""));
        }
        List<Finding> findings = parts.faultsOfSpoolFile(next).stream()
                .map(fault -> new Finding(Part.SPOOL, next, fault))
                .toList();
        return new Checked(Part.SPOOL, 1, findings, at(Part.SPOOL, next));
    }

    private Checked segments(String after) {
        long begun = nanos.getAsLong();
        Segments.Page page;
        try {
            page = segments.list(after);
        } catch (StorageException e) {
            var finding = new Finding(Part.SEGMENTS, "payload store", "cannot be listed: " + e.getMessage());
            return new Checked(Part.SEGMENTS, 0, List.of(finding), at(Part.CATALOG, ""));
        }
        var findings = new ArrayList<Finding>();
        long count = 0;
        String last = null;
        for (Segment segment : page.segments()) {
            check(segment, findings);
            count++;
            last = segment.key();
            if (nanos.getAsLong() - begun >= STEP_NANOS || findings.size() >= MOST_FINDINGS) {
                return new Checked(Part.SEGMENTS, count, findings, at(Part.SEGMENTS, last));
            }
        }
        String next = page.next() == null ? at(Part.CATALOG, "") : at(Part.SEGMENTS, page.next());
        return new Checked(Part.SEGMENTS, count, findings, next);
    }

    private void check(Segment segment, List<Finding> findings) {
        try {
            List<String> faults = parts.faultsOf(segment);
            faults.forEach(fault -> findings.add(new Finding(Part.SEGMENTS, segment.key(), fault)));
            String missing = missing(segment);
            if (missing != null) {
                findings.add(new Finding(Part.SEGMENTS, segment.key(), missing));
            }
        } catch (StorageException e) {
            findings.add(new Finding(Part.SEGMENTS, segment.key(), "cannot be read: " + e.getMessage()));
        }
    }

    /** What the catalog does not know of a segment; null when nothing. */
    private @Nullable String missing(Segment segment) {
        List<CatalogEntry> records = segments.records(segment);
        List<SessionId> unknown = records.stream()
                .map(record -> record.summary().id())
                .filter(id -> catalog.find(id).isEmpty())
                .toList();
        // Looked at again: it may have been removed while it was read.
        return unknown.isEmpty() || segments.records(segment).size() != records.size()
                ? null
                : unknown.size() + " of its " + records.size() + " sessions are not in the catalog, such as "
                        + unknown.getFirst();
    }

    private Checked catalog(@Nullable SessionId olderThan) {
        SessionCatalog.Slice slice;
        try {
            slice = catalog.slice(SessionQuery.ALL, olderThan, CATALOG_ROWS);
        } catch (StorageException e) {
            var finding = new Finding(Part.CATALOG, "catalog", "cannot be read: " + e.getMessage());
            return new Checked(Part.CATALOG, 0, List.of(finding), null);
        }
        List<CatalogEntry> entries = slice.items().stream()
                .map(SessionSummary::id)
                .flatMap(id -> catalog.find(id).stream())
                .toList();
        Map<Place, List<CatalogEntry>> places = entries.stream().collect(Collectors.groupingBy(Place::of));
        var findings = new ArrayList<Finding>();
        places.forEach((place, its) -> {
            if (!parts.isThere(place.owner(), place.container())) {
                findings.addAll(lost(place.container(), its));
            }
        });
        SessionId next = slice.next();
        return new Checked(
                Part.CATALOG, slice.items().size(), findings, next == null ? null : at(Part.CATALOG, next.toString()));
    }

    /** Numbers of spool files are each node's own. */
    private record Place(NodeName owner, String container) {
        static Place of(CatalogEntry entry) {
            return new Place(entry.summary().node(), entry.location().container());
        }
    }

    /** Sessions that the catalog still shows where they are not: since it was asked they may have been moved. */
    private List<Finding> lost(String container, List<CatalogEntry> entries) {
        List<SessionId> lost = entries.stream()
                .map(entry -> entry.summary().id())
                .filter(id -> catalog.find(id)
                        .filter(now -> now.location().container().equals(container))
                        .isPresent())
                .toList();
        return lost.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        Part.CATALOG,
                        container,
                        "is not there, but the catalog lists " + lost.size() + " sessions in it, such as "
                                + lost.getFirst()));
    }
}
