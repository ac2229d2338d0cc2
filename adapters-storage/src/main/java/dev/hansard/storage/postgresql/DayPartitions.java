// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

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
            locked(handle -> missing.forEach(day -> make(handle, day)));
            known.addAll(missing);
        }
    }

    /** Another node has dropped days. */
    void forgetKnown() {
        known.clear();
    }

    private static void make(Handle handle, int day) {
        for (String table : TABLES) {
            String name = nameOf(table, day);
            State state = stateOf(handle, name);
            if (state == State.ATTACHED) {
                continue;
            }
            drop(handle, table, name, state);
            handle.execute("CREATE TABLE " + name + " (LIKE " + table + " INCLUDING ALL)");
            handle.execute("ALTER TABLE " + table + " ATTACH PARTITION " + name + boundsOf(table, day));
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
        locked(handle -> {
            for (String table : TABLES) {
                String name = nameOf(table, day);
                drop(handle, table, name, stateOf(handle, name));
            }
        });
    }

    private static void drop(Handle handle, String table, String name, State state) {
        switch (state) {
            case MISSING -> {}
            case ATTACHED -> handle.execute("ALTER TABLE " + table + " DETACH PARTITION " + name + " CONCURRENTLY");
            case DETACHING -> handle.execute("ALTER TABLE " + table + " DETACH PARTITION " + name + " FINALIZE");
            case DETACHED -> {}
        }
        if (state != State.MISSING) {
            handle.execute("DROP TABLE " + name);
        }
    }

    private static State stateOf(Handle handle, String name) {
        return handle.select(
                        "SELECT i.inhrelid IS NOT NULL, coalesce(i.inhdetachpending, false)"
                                + " FROM (SELECT to_regclass(?) AS oid) t"
                                + " LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = t.oid WHERE t.oid IS NOT NULL",
                        name)
                .map((row, _) ->
                        !row.getBoolean(1) ? State.DETACHED : row.getBoolean(2) ? State.DETACHING : State.ATTACHED)
                .findOne()
                .orElse(State.MISSING);
    }

    private static String nameOf(String table, int day) {
        return table + "_"
                + LocalDate.ofEpochDay(day).toString().replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Each statement stands for itself, since a partition cannot be detached concurrently in a transaction. */
    private void locked(Consumer<Handle> change) {
        database.with(handle -> {
            handle.execute(LOCK);
            try {
                change.accept(handle);
            } finally {
                handle.execute(UNLOCK);
            }
            return true;
        });
    }
}
