// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions of days. Each is made beside the others and then attached, and detached concurrently before it is
 * dropped, so that neither reading nor indexing ever waits for it. A lock has nodes take turns.
 */
final class DayPartitions {
    private static final List<String> TABLES = List.of("session", "placement");
    private static final String LOCK =
            "SELECT pg_advisory_lock(hashtextextended('hansard days of ' || current_schema(), 0))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('hansard days of ' || current_schema(), 0))";

    private final PostgresDatabase database;
    /** Days that have their partitions, as far as this process knows; another one may have dropped them since. */
    private final Set<Integer> known = ConcurrentHashMap.newKeySet();

    DayPartitions(PostgresDatabase database) {
        this.database = database;
    }

    private enum State {
        MISSING,
        ATTACHED,
        /** The server was stopped while it was detached. */
        DETACHING,
        DETACHED
    }

    /** Has partitions for these days and, so that nobody waits for it at midnight, for the day after each. */
    void ensure(Collection<Integer> days) {
        var missing = new TreeSet<Integer>();
        for (int day : days) {
            if (!known.contains(day)) {
                missing.add(day);
                missing.add(day + 1);
            }
        }
        if (!missing.isEmpty()) {
            locked(connection -> {
                for (int day : missing) {
                    make(connection, day);
                }
            });
            known.addAll(missing);
        }
    }

    /** Another node has dropped days. */
    void forgetKnown() {
        known.clear();
    }

    private void make(Connection connection, int day) throws SQLException {
        for (String table : TABLES) {
            String name = nameOf(table, day);
            State state = stateOf(connection, name);
            if (state == State.ATTACHED) {
                continue;
            }
            try (Statement statement = connection.createStatement()) {
                drop(statement, table, name, state);
                statement.execute("CREATE TABLE " + name + " (LIKE " + table + " INCLUDING ALL)");
                statement.execute("ALTER TABLE " + table + " ATTACH PARTITION " + name + boundsOf(table, day));
            }
        }
    }

    private static String boundsOf(String table, int day) {
        return "session".equals(table)
                ? " FOR VALUES FROM ('" + SessionIds.boundOf(day) + "') TO ('" + SessionIds.boundOf(day + 1) + "')"
                : " FOR VALUES IN (" + day + ")";
    }

    /** Drops the partitions of a day, if there are any. */
    void drop(int day) {
        known.remove(day);
        locked(connection -> {
            for (String table : TABLES) {
                String name = nameOf(table, day);
                try (Statement statement = connection.createStatement()) {
                    drop(statement, table, name, stateOf(connection, name));
                }
            }
        });
    }

    private static void drop(Statement statement, String table, String name, State state) throws SQLException {
        switch (state) {
            case MISSING -> {}
            case ATTACHED -> statement.execute("ALTER TABLE " + table + " DETACH PARTITION " + name + " CONCURRENTLY");
            case DETACHING -> statement.execute("ALTER TABLE " + table + " DETACH PARTITION " + name + " FINALIZE");
            case DETACHED -> {}
        }
        if (state != State.MISSING) {
            statement.execute("DROP TABLE " + name);
        }
    }

    private static State stateOf(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT i.inhdetachpending FROM (SELECT to_regclass(?) AS oid) t"
                        + " LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = t.oid WHERE t.oid IS NOT NULL")) {
            select.setString(1, name);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    return State.MISSING;
                }
                boolean isDetaching = found.getBoolean(1);
                if (found.wasNull()) {
                    return State.DETACHED;
                }
                return isDetaching ? State.DETACHING : State.ATTACHED;
            }
        }
    }

    private static String nameOf(String table, int day) {
        return table + "_"
                + LocalDate.ofEpochDay(day).toString().replace("-", "").toLowerCase(Locale.ROOT);
    }

    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    /** Each statement stands for itself, since a partition cannot be detached concurrently in a transaction. */
    private void locked(Change change) {
        database.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
                try {
                    change.on(connection);
                } finally {
                    statement.execute(UNLOCK);
                }
            }
            return true;
        });
    }
}
