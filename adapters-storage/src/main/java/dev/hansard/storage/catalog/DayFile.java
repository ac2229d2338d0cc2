// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static java.util.stream.Collectors.toMap;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The H2 file of one day, open. Any number of threads may read; one at a time may write, which the caller sees to. */
final class DayFile implements AutoCloseable {
    private static final String SUFFIX = ".mv.db";
    /** The map in which H2 keeps the definitions of tables. */
    private static final String H2_DIRECTORY = "table.0";

    private final JdbcConnectionPool pool;
    private final Jdbi jdbi;
    private final Placements placements = new Placements();

    private DayFile(JdbcConnectionPool pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** What one batch did. */
    record Indexed(List<CatalogEntry> inserted, List<CatalogEntry> replaced) {}

    /**
     * Opens a file for reading.
     *
     * @throws DamagedDayException when it does not hold that many rows
     */
    static DayFile openToRead(Path file, H2CatalogSettings settings, long rows) {
        requireStore(file);
        return open(file, settings, ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", opened -> opened.requireRows(rows));
    }

    /**
     * Opens a file for writing, and makes it when it is missing.
     *
     * @throws DamagedDayException when it does not hold that many rows
     */
    static DayFile openToWrite(Path file, H2CatalogSettings settings, long rows) {
        return open(file, settings, "", opened -> {
            opened.define();
            opened.requireRows(rows);
        });
    }

    /** H2 takes a file that lost its chunks for a new one, and when it may not write to it, never closes it. */
    private static void requireStore(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            if (!store.hasMap(H2_DIRECTORY)) {
                throw new DamagedDayException("it holds no tables");
            }
        }
    }

    private static DayFile open(Path file, H2CatalogSettings settings, String access, Consumer<DayFile> check) {
        // retry: opens the channel again that the interrupt of a reading thread closes; without it the whole file
        // fails.
        // No trace file: it would hold values of statements that failed.
        String url = "jdbc:h2:retry:" + pathWithoutSuffix(file)
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=32"
                + ";CACHE_SIZE=" + settings.cacheKib() + access;
        var pool = JdbcConnectionPool.create(url, "sa", "");
        pool.setMaxConnections(settings.connections());
        var opened = new DayFile(pool);
        try {
            check.accept(opened);
            return opened;
        } catch (RuntimeException e) {
            opened.abandon();
            throw e;
        }
    }

    private static String pathWithoutSuffix(Path file) {
        String path = file.toString();
        if (!path.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("a day file must end in " + SUFFIX + ", but is " + file);
        }
        return path.substring(0, path.length() - SUFFIX.length());
    }

    private void requireRows(long expected) {
        long found = jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM session")
                .mapTo(Long.class)
                .one());
        if (found != expected) {
            throw new DamagedDayException("it must hold " + expected + " sessions, but holds " + found);
        }
    }

    private void define() {
        jdbi.useHandle(handle -> {
            boolean isNew = handle.createQuery(
                            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'SESSION'")
                    .mapTo(Integer.class)
                    .one()
                    .equals(0);
            if (isNew) {
                SessionTable.DEFINITION.forEach(handle::execute);
                Placements.DEFINITION.forEach(handle::execute);
            }
        });
    }

    /**
     * Adds or replaces in one transaction. Nearly always all of them are new, so that is tried first. Plain JDBC:
     * binding by JDBI would cost as much as the insert does.
     */
    Indexed index(Collection<CatalogEntry> batch) throws SQLException {
        try {
            return inTransaction(connection -> {
                insert(connection, batch);
                return new Indexed(List.copyOf(batch), List.of());
            });
        } catch (SQLException e) {
            if (!H2Failure.isDuplicate(e)) {
                throw e;
            }
            return indexAmongOthers(batch);
        }
    }

    private Indexed indexAmongOthers(Collection<CatalogEntry> batch) throws SQLException {
        return inTransaction(connection -> {
            Map<SessionId, CatalogEntry> there = existing(connection, batch);
            var inserted = new LinkedHashMap<SessionId, CatalogEntry>();
            var replaced = new LinkedHashMap<SessionId, CatalogEntry>();
            for (CatalogEntry entry : batch) {
                place(entry, there, there.containsKey(entry.summary().id()) ? replaced : inserted);
            }
            if (!replaced.isEmpty()) {
                delete(connection, replaced.keySet());
                insert(connection, replaced.values());
            }
            insert(connection, inserted.values());
            return new Indexed(List.copyOf(inserted.values()), List.copyOf(replaced.values()));
        });
    }

    private interface Transaction<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Transaction<T> transaction) throws SQLException {
        boolean isCommitted = false;
        try {
            T result = jdbi.<T, SQLException>inTransaction(handle -> transaction.in(handle.getConnection()));
            isCommitted = true;
            return result;
        } finally {
            if (!isCommitted) {
                placements.forgetNumbers();
            }
        }
    }

    private static void place(
            CatalogEntry entry, Map<SessionId, CatalogEntry> there, Map<SessionId, CatalogEntry> changed) {
        SessionId id = entry.summary().id();
        CatalogEntry before = changed.getOrDefault(id, there.get(id));
        if (before == null) {
            changed.put(id, entry);
        } else if (entry.summary().replaces(before.summary())) {
            changed.put(id, new CatalogEntry(before.sequence(), entry.summary(), entry.location()));
        }
    }

    private Map<SessionId, CatalogEntry> existing(Connection connection, Collection<CatalogEntry> batch)
            throws SQLException {
        var ids = batch.stream().map(entry -> entry.summary().id()).toList();
        var rows = new ArrayList<SessionTable.Row>();
        try (PreparedStatement select = connection.prepareStatement(SessionTable.SELECT + "WHERE id = ANY(?)")) {
            select.setObject(1, Placements.toUuids(ids));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(SessionTable.row(found));
                }
            }
        }
        return rows.isEmpty()
                ? Map.of()
                : placements.complete(connection, rows).stream()
                        .collect(toMap(entry -> entry.summary().id(), entry -> entry));
    }

    private static int delete(Connection connection, Collection<SessionId> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE id = ANY(?)")) {
            delete.setObject(1, Placements.toUuids(ids));
            return delete.executeUpdate();
        }
    }

    private void insert(Connection connection, Collection<CatalogEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(SessionTable.INSERT)) {
            for (CatalogEntry entry : entries) {
                int container = placements.numberOf(connection, entry.location().container());
                SessionTable.bind(insert, entry, container);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Removes sessions; the answer is how many of them were there. */
    int forget(Collection<SessionId> ids) throws SQLException {
        return inTransaction(connection -> delete(connection, ids));
    }

    /** Notes where frames lie now. */
    int relocate(Collection<Relocation> relocations) throws SQLException {
        return inTransaction(connection -> {
            placements.move(connection, relocations);
            return relocations.size();
        });
    }

    Optional<CatalogEntry> find(SessionId id) throws SQLException {
        return entries("WHERE id = ?", List.of(SessionIds.toUuid(id))).stream().findFirst();
    }

    private List<CatalogEntry> entries(String sql, List<Object> values) throws SQLException {
        return jdbi.<List<CatalogEntry>, SQLException>withHandle(handle -> {
            List<SessionTable.Row> rows = select(handle, sql, values)
                    .map((row, _) -> SessionTable.row(row))
                    .list();
            return rows.isEmpty() ? List.of() : placements.complete(handle.getConnection(), rows);
        });
    }

    /**
     * The newest sessions first.
     *
     * @param service only this one's; null for those of all
     * @param from the first id
     * @param to only before this id
     */
    List<SessionSummary> newest(
            @Nullable String service, Conditions conditions, SessionId from, SessionId to, int limit) {
        String sql = newestSql(service != null, conditions);
        var values = new ArrayList<Object>();
        if (service != null) {
            values.add(service);
        }
        values.add(SessionIds.toUuid(from));
        values.add(SessionIds.toUuid(to));
        values.addAll(conditions.values());
        values.add(limit);
        return jdbi.withHandle(handle -> select(handle, sql, values)
                .map((row, _) -> SessionTable.summary(row))
                .list());
    }

    /** H2 reads an index in its order only when the query is ordered by all of the index's leading columns. */
    static String newestSql(boolean byService, Conditions conditions) {
        String range = "id >= ? AND id < ?" + conditions.sql();
        return byService
                ? "WHERE service = ? AND " + range + " ORDER BY service DESC, id DESC LIMIT ?"
                : "WHERE " + range + " ORDER BY id DESC LIMIT ?";
    }

    /** Those after a sequence, in its order. */
    List<CatalogEntry> since(long sequence, Conditions conditions, int limit) throws SQLException {
        var values = new ArrayList<Object>();
        values.add(sequence);
        values.addAll(conditions.values());
        values.add(limit);
        return entries("WHERE sequence > ?" + conditions.sql() + " ORDER BY sequence LIMIT ?", values);
    }

    private static Query select(Handle handle, String sql, List<Object> values) {
        Query query = handle.createQuery(SessionTable.SELECT + sql);
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query;
    }

    /**
     * Writes what is in memory and closes the file; to be called when nobody uses it any more. H2 does so with the last
     * connection, and says nothing when it fails: look at the file again before trusting it.
     */
    @Override
    public void close() {
        pool.dispose();
    }

    /** Closes the file without writing: it is damaged, or its writing has failed. */
    void abandon() {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException | IllegalStateException _) {
            // It is closed already, which is what was wanted.
        } finally {
            pool.dispose();
        }
    }
}
