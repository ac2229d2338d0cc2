// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.tables.ControlTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The catalog of all nodes in one schema, as one of them uses it. */
final class PostgresSessionCatalog implements SessionCatalog {
    private static final String MIGRATION = "catalog";
    private static final int LAYOUT = 1;

    /** As the embedded catalog does: what bounds one slice of a search, see {@link CatalogSearch}. */
    private static final int STEP_SESSIONS = 20_000;

    private static final int STEPS = 4;

    private static final String FIND = SessionRows.ENTRY.formatted("SELECT * FROM session s WHERE s.id = ?");

    private static final String FORGET = """
            WITH gone AS (DELETE FROM session WHERE id = ANY(?) RETURNING day),
            counted AS (SELECT day, count(*) AS sessions FROM gone GROUP BY day),
            changed AS (
                UPDATE day d SET sessions = d.sessions - c.sessions FROM counted c WHERE d.day = c.day)
            SELECT count(*) FROM gone""";

    private final PostgresDatabase database;
    private final NodeName node;
    private final CatalogSearch search;
    private final DayPartitions partitions;
    private final Placements placements;
    private final LostDays lostDays;
    private final Membership membership;
    private final Intake intake;

    private PostgresSessionCatalog(
            PostgresDatabase database, NodeName node, CatalogSearch search, LostDays lostDays, Membership membership) {
        this.database = database;
        this.node = node;
        this.search = search;
        this.partitions = new DayPartitions(database);
        this.placements = new Placements(node);
        this.lostDays = lostDays;
        this.membership = membership;
        this.intake = new Intake(node);
    }

    /** Opens it for this node; where it was used before, it need not be reachable. */
    static PostgresSessionCatalog open(PostgresSettings settings, StorageSurroundings around) {
        var seen = LastSeen.in(around.dataDir().resolve("catalog.seen"), settings, schemaOf(settings));
        return open(settings, around, new CatalogSearch(STEP_SESSIONS, STEPS), seen);
    }

    static PostgresSessionCatalog open(
            PostgresSettings settings, StorageSurroundings around, CatalogSearch search, LastSeen seen) {
        String schema = schemaOf(settings);
        NodeName node = around.node();
        var database = PostgresDatabase.of(settings, schema);
        try {
            var lostDays = new LostDays(database, node, around.wall());
            var migrations = new Migrations(schema, MIGRATION, LAYOUT);
            var membership = new Membership(database, migrations, node, seen, lostDays, around.nanos());
            membership.start();
            return new PostgresSessionCatalog(database, node, search, lostDays, membership);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static String schemaOf(PostgresSettings settings) {
        return settings.schema() + "_catalog";
    }

    /** The database, once this node has joined the others there. */
    private PostgresDatabase joined() {
        membership.admit();
        return database;
    }

    private static long number(Handle handle, String sql, Object... values) {
        return handle.select(sql, values).mapTo(Long.class).one();
    }

    @Override
    public void index(List<CatalogEntry> entries, SpoolPosition upTo) {
        Set<Integer> days = entries.stream()
                .map(entry -> SessionIds.dayOf(entry.summary().id()))
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            long epoch = membership.join();
            membership.committed(inPartitions(days, handle -> intake.take(handle, epoch, entries, upTo)));
        } catch (StorageException e) {
            membership.doubt();
            throw e;
        }
    }

    /** Does something in one transaction that needs the partitions of these days. */
    private <T> T inPartitions(Collection<Integer> days, ControlTables.Work<T> work) {
        partitions.ensure(days);
        try {
            return database.change(work);
        } catch (StorageException e) {
            if (!PostgresFailure.NO_PARTITION.equals(PostgresDatabase.stateOf(e))) {
                throw e;
            }
            // Another node has dropped a day that comes back.
            partitions.forgetKnown();
            partitions.ensure(days);
            return database.change(work);
        }
    }

    @Override
    public SpoolPosition indexedUpTo() {
        try {
            return position();
        } catch (StorageException e) {
            if (!PostgresFailure.isAway(e)) {
                throw e;
            }
            // The spool is gone through from its beginning: what is in the catalog already is ignored there.
            return SpoolPosition.START;
        }
    }

    private SpoolPosition position() {
        return joined().with(handle -> handle.select(
                        "SELECT spool_file, spool_offset FROM node WHERE name = ?", node.value())
                .map((row, _) -> new SpoolPosition(row.getLong(1), row.getLong(2)))
                .findOne()
                .orElse(SpoolPosition.START));
    }

    @Override
    public void relocate(List<Relocation> relocations) {
        membership.admit();
        for (int from = 0; from < relocations.size(); from += Placements.MOST) {
            List<Relocation> some = relocations.subList(from, Math.min(relocations.size(), from + Placements.MOST));
            Set<Integer> days = some.stream()
                    .map(moved -> SessionIds.dayOf(moved.first()))
                    .collect(Collectors.toCollection(TreeSet::new));
            inPartitions(days, handle -> {
                placements.move(handle, some);
                return true;
            });
        }
    }

    @Override
    public List<SessionSummary> list(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        var found = new ArrayList<SessionSummary>();
        SessionId from = olderThan;
        do {
            Slice slice = slice(query, from, limit - found.size());
            found.addAll(slice.items());
            from = slice.next();
        } while (from != null && found.size() < limit);
        return List.copyOf(found);
    }

    @Override
    public Slice slice(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        requireLimit(limit);
        return joined().with(handle -> search.slice(handle, query, olderThan, limit));
    }

    @Override
    public Optional<CatalogEntry> find(SessionId id) {
        int day = SessionIds.dayOf(id);
        return joined().with(handle -> handle.select(FIND, SessionIds.toUuid(id), day, day)
                .map((row, _) -> SessionRows.entry(row))
                .findOne());
    }

    @Override
    public List<CatalogEntry> since(long sequence, SessionQuery query, int limit) {
        requireLimit(limit);
        return joined().with(handle -> search.since(handle, sequence, query, limit));
    }

    @Override
    public long lastSequence() {
        return joined().with(handle -> number(handle, "SELECT last FROM tail"));
    }

    @Override
    public long lastOfNode() {
        // It is not asked of the database, which may be an older one than this node knows.
        return membership.sequence();
    }

    @Override
    public void forgetDays(Set<LocalDate> days) {
        membership.admit();
        for (LocalDate date : days) {
            int day = (int) date.toEpochDay();
            // First what tells of the day: a batch that comes in between loses its sessions, not what they refer to.
            database.change(handle -> {
                for (String table : List.of("day", "container", "lost_day")) {
                    handle.execute("DELETE FROM " + table + " WHERE day = ?", day);
                }
                return true;
            });
            partitions.drop(day);
        }
    }

    @Override
    public int forget(Collection<SessionId> ids) {
        UUID[] uuids = ids.stream().map(SessionIds::toUuid).toArray(UUID[]::new);
        return joined().change(handle -> (int) number(handle, FORGET, (Object) uuids));
    }

    @Override
    public void clear() {
        joined().change(handle -> {
            // The numbers go on: who follows the tail waits for those above the last that he saw.
            handle.execute("SELECT last FROM tail FOR UPDATE");
            lostDays.loseForOthers(handle);
            handle.execute("TRUNCATE session, placement, container, day");
            return handle.execute("UPDATE node SET spool_file = 0, spool_offset = 0");
        });
    }

    @Override
    public Set<LocalDate> lostDays() {
        membership.admit();
        return lostDays.days();
    }

    @Override
    public void rebuilt(Set<LocalDate> days) {
        membership.admit();
        lostDays.rebuilt(days);
    }

    @Override
    public Optional<TimeWitness> clock() {
        return Optional.of(new DatabaseClock(database));
    }

    @Override
    public void close() {
        membership.close();
        database.close();
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > Sessions.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + Sessions.MAX_LIMIT + ", but is " + limit);
        }
    }
}
