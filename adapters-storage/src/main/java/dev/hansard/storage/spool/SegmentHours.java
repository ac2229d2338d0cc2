// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hours in which sessions of a search started, newest first, each with its segments. A day is listed when its turn
 * comes, once for each service and retention class; which day comes next is asked of the catalog, so that a store with
 * years of segments need not be listed. Belongs to one search.
 */
final class SegmentHours {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd/", Locale.ROOT);
    private static final Pattern IN_A_DAY = Pattern.compile("[^/]+/[^/]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/.+");
    private static final int PAGE = PayloadStore.MAX_LIST;
    /** The character behind the slash: what begins with a folder comes before the folder's name with it. */
    private static final String BEHIND = "0";

    private final SessionCatalog catalog;
    private final PayloadStore payloads;
    private final ContentQuery query;
    private final SessionQuery ofServices;
    /** Hours that have something in the spool. */
    private final TreeSet<Instant> spool;

    private final @Nullable Instant newest;
    private final NavigableMap<Instant, List<Segment>> hours = new TreeMap<>();
    private @Nullable Set<String> folders;
    private @Nullable LocalDate day;

    SegmentHours(SessionCatalog catalog, PayloadStore payloads, ContentQuery query, Set<Instant> spool) {
        this.catalog = catalog;
        this.payloads = payloads;
        this.query = query;
        this.spool = new TreeSet<>(spool);
        this.ofServices = SessionQuery.ALL.of(query.sessions().services());
        this.newest = newest();
    }

    /** An hour and its segments. */
    record Hour(Instant start, List<Segment> segments) {}

    /** The hour before the last one; null when there is none. */
    @Nullable
    Hour next() {
        while (hours.isEmpty()) {
            day = day == null ? first() : before(day);
            if (day == null || isBeforeAll(startOf(day.plusDays(1)))) {
                return null;
            }
            list(day);
        }
        var last = hours.pollLastEntry();
        if (isBeforeAll(last.getKey().plus(Segment.SPAN))) {
            return null;
        }
        return new Hour(last.getKey(), List.copyOf(last.getValue()));
    }

    private boolean isBeforeAll(Instant end) {
        Instant after = query.sessions().after();
        return after != null && !end.isAfter(after);
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private @Nullable LocalDate first() {
        LocalDate known = newestBefore(null);
        LocalDate inSpool = spool.isEmpty() ? null : dayOf(spool.last());
        LocalDate first = known == null || (inSpool != null && inSpool.isAfter(known)) ? inSpool : known;
        LocalDate last = newest == null ? null : dayOf(newest);
        return last == null || first == null || first.isBefore(last) ? first : last;
    }

    /** The hour behind which nothing is looked for; null when there is none. */
    private @Nullable Instant newest() {
        Instant before = query.sessions().before();
        Instant from = query.from() == null ? null : startOf(query.from());
        Instant earlier = before == null || (from != null && from.isBefore(before)) ? from : before;
        return earlier == null ? null : earlier.truncatedTo(ChronoUnit.HOURS);
    }

    private Instant startOf(SessionId id) {
        Instant named = Instant.ofEpochMilli(id.epochMillis());
        return catalog.find(id)
                .map(CatalogEntry::summary)
                .map(SessionSummary::startedAt)
                .filter(named::isBefore)
                .orElse(named);
    }

    /**
     * The day before is looked at even if the catalog names an older one: a session whose id was made just behind
     * midnight may have started before.
     */
    private @Nullable LocalDate before(LocalDate last) {
        list(last.minusDays(1));
        if (!hours.isEmpty()) {
            return last.minusDays(1);
        }
        LocalDate older = newestBefore(startOf(last));
        Instant inSpool = spool.lower(startOf(last));
        LocalDate ofSpool = inSpool == null ? null : dayOf(inSpool);
        return older == null || (ofSpool != null && ofSpool.isAfter(older)) ? ofSpool : older;
    }

    private @Nullable LocalDate newestBefore(@Nullable Instant time) {
        SessionId first = time == null ? null : new SessionId(time.toEpochMilli() << 16 | 0x7000L, 1L << 63);
        List<SessionSummary> found = catalog.list(ofServices, first, 1);
        if (found.isEmpty()) {
            return null;
        }
        LocalDate started = dayOf(found.getFirst().startedAt());
        LocalDate named = dayOf(Instant.ofEpochMilli(found.getFirst().id().epochMillis()));
        // An id from before midnight may be of a session that started behind it, which was looked at then.
        return time == null || startOf(started).isBefore(time) ? started : named;
    }

    private void list(LocalDate its) {
        hours.clear();
        Instant start = startOf(its);
        Instant end = start.plus(Duration.ofDays(1));
        spool.subSet(start, end).forEach(hour -> hours.put(hour, new ArrayList<>()));
        for (String folder : folders()) {
            String prefix = folder + "/" + DAY.format(its);
            List<String> page = payloads.list(prefix, "", PAGE);
            while (!page.isEmpty()) {
                page.forEach(this::add);
                page = page.size() < PAGE ? List.of() : payloads.list(prefix, page.getLast(), PAGE);
            }
        }
        if (newest != null) {
            hours.tailMap(newest, false).clear();
        }
    }

    /** The segments that lie beside one now. */
    List<Segment> beside(Segment segment) {
        String folder = segment.key().substring(0, segment.key().lastIndexOf('/') + 1);
        return payloads.list(folder, "", PAGE).stream()
                .map(Segment::parse)
                .filter(found -> found != null && !found.isRows())
                .toList();
    }

    private void add(String key) {
        Segment segment = Segment.parse(key);
        if (segment != null && !segment.isRows()) {
            hours.computeIfAbsent(segment.hour(), _ -> new ArrayList<>()).add(segment);
        }
    }

    /** The folders of retention classes. */
    private Set<String> folders() {
        Set<String> known = folders;
        if (known == null) {
            known = new LinkedHashSet<>();
            List<String> services = query.sessions().services().isEmpty()
                    ? foldersIn("")
                    : query.sessions().services().stream().map(Object::toString).toList();
            for (String service : services) {
                known.addAll(foldersIn(service + "/"));
            }
            folders = known;
        }
        return known;
    }

    /** The folders in a folder that hold segments, found by jumping from one to the next. */
    private List<String> foldersIn(String parent) {
        var found = new ArrayList<String>();
        List<String> next = payloads.list(parent, "", 1);
        while (!next.isEmpty()) {
            String key = next.getFirst();
            int slash = key.indexOf('/', parent.length());
            String folder = slash < 0 ? key : key.substring(0, slash);
            if (slash > 0 && IN_A_DAY.matcher(key).matches()) {
                found.add(folder);
            }
            next = payloads.list(parent, slash < 0 ? key : folder + BEHIND, 1);
        }
        return found;
    }
}
