// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Segments in memory, which can be made to end in the middle of a removal as a process does that is killed. */
final class FakeSegments implements Segments {
    static final int FRAME = 100;
    private static final DateTimeFormatter FOLDERS =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);

    private final SessionCatalog catalog;
    private final TreeMap<String, List<CatalogEntry>> stored = new TreeMap<>();
    /** What a server keeps segments by. */
    final Map<String, Lock> locks = new HashMap<>();

    /** Keys of those that cannot be read. */
    final Set<String> damaged = new HashSet<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Crash crash;
    final Set<SessionId> shredded = new HashSet<>();
    boolean hasOwnKeys;
    private long sequence;

    FakeSegments(SessionCatalog catalog, Crash crash) {
        this.catalog = catalog;
        this.crash = crash;
    }

    /** The process ends. */
    static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Kills the process at its {@code n}th step. */
    static final class Crash {
        private int steps = Integer.MAX_VALUE;

        void at(int step) {
            steps = step;
        }

        void never() {
            steps = Integer.MAX_VALUE;
        }

        void step() {
            if (--steps == 0) {
                throw new KilledException();
            }
        }
    }

    /** Stores sessions, sealed as segments by service, class and hour. */
    void add(List<SessionSummary> sessions) {
        sessions.stream()
                .collect(Collectors.groupingBy(
                        it -> it.service() + "/" + it.retention() + "/" + folder(it),
                        TreeMap::new,
                        Collectors.toList()))
                .forEach((folder, those) -> {
                    String key = folder + "/" + numbers.merge(folder, 1, Integer::sum) + ".warc.zst";
                    List<CatalogEntry> entries = new ArrayList<>();
                    those.forEach(it -> entries.add(entry(++sequence, it, key, entries.size())));
                    stored.put(key, List.copyOf(entries));
                    catalog.index(entries, SpoolPosition.START);
                });
    }

    private static String folder(SessionSummary session) {
        Instant hour = session.startedAt().truncatedTo(ChronoUnit.HOURS);
        return FOLDERS.format(hour);
    }

    private static CatalogEntry entry(long sequence, SessionSummary summary, String key, int index) {
        return new CatalogEntry(sequence, summary, new FrameLocation(key, (long) index * FRAME, FRAME));
    }

    /** Sessions that have a record. */
    List<SessionId> ids() {
        return ids(Segment.RECORDS);
    }

    /** Sessions of which only a row is left. */
    List<SessionId> rows() {
        return ids(Segment.ROWS);
    }

    private List<SessionId> ids(String suffix) {
        return stored.entrySet().stream()
                .filter(it -> it.getKey().endsWith(suffix))
                .flatMap(it -> it.getValue().stream())
                .map(entry -> entry.summary().id())
                .toList();
    }

    List<String> keys() {
        return List.copyOf(stored.keySet());
    }

    @Override
    public Page list(String after) {
        return new Page(
                stored.tailMap(after, false).keySet().stream()
                        .map(Segment::parse)
                        .filter(Objects::nonNull)
                        .toList(),
                null);
    }

    @Override
    public @Nullable Size size(Segment segment) {
        List<CatalogEntry> entries = stored.get(segment.key());
        return entries == null ? null : new Size((long) entries.size() * FRAME, entries.size());
    }

    @Override
    public List<CatalogEntry> records(Segment segment) {
        if (damaged.contains(segment.key())) {
            throw new StorageException("segment " + segment.key() + " is damaged");
        }
        return stored.getOrDefault(segment.key(), List.of());
    }

    @Override
    public @Nullable Segment remove(Segment segment, Predicate<SessionId> stays, Rows rows) {
        List<CatalogEntry> entries = records(segment);
        List<CatalogEntry> staying =
                entries.stream().filter(it -> stays.test(it.summary().id())).toList();
        if (entries.isEmpty() || staying.size() == entries.size()) {
            return entries.isEmpty() ? null : segment;
        }
        String suffix = segment.isRows() ? Segment.ROWS : Segment.RECORDS;
        Segment now = staying.isEmpty() ? null : store(segment, staying, suffix);
        if (rows == Rows.STAY) {
            List<CatalogEntry> going =
                    entries.stream().filter(it -> !staying.contains(it)).toList();
            store(segment, going, Segment.ROWS);
        }
        crash.step();
        Lock lock = locks.remove(segment.key());
        if (now != null && lock != null) {
            locks.put(now.key(), lock);
        }
        stored.remove(segment.key());
        crash.step();
        return now;
    }

    private Segment store(Segment segment, List<CatalogEntry> staying, String suffix) {
        String folder = segment.key().substring(0, segment.key().lastIndexOf('/'));
        String name = "r"
                + Integer.toHexString(
                        staying.stream().map(it -> it.summary().id()).toList().hashCode());
        String key = folder + "/" + name + suffix;
        var entries = new ArrayList<CatalogEntry>();
        staying.forEach(it -> entries.add(entry(it.sequence(), it.summary(), key, entries.size())));
        crash.step();
        stored.put(key, List.copyOf(entries));
        crash.step();
        catalog.index(entries, SpoolPosition.START);
        return new Segment(key, segment.service(), segment.retention(), segment.hour());
    }

    @Override
    public @Nullable Lock lock(Segment segment) {
        return locks.get(segment.key());
    }

    @Override
    public boolean canHold() {
        return true;
    }

    @Override
    public void hold(Segment segment, boolean held) {
        Lock lock = lock(segment);
        locks.put(segment.key(), new Lock(lock == null ? null : lock.until(), held));
    }

    @Override
    public boolean hasOwnKey(Segment segment, SessionId id) {
        return hasOwnKeys;
    }

    @Override
    public void shred(Segment segment, SessionId id) {
        crash.step();
        shredded.add(id);
        crash.step();
    }

    @Override
    public void settle() {
        // Nothing waits in a spool.
    }
}
