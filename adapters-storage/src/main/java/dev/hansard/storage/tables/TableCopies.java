// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.ports.recovery.ControlValue;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Copies the tables of one schema out and in. Which tables there are is asked of the database, so that one that comes
 * with a later version is not forgotten. Names come from the database, never from a copy.
 */
public final class TableCopies {
    /** Tables that have a row from the beginning. */
    private static final Set<String> COUNTERS = Set.of("audit_end", "api_key_change", "clock_mark");

    private static final int FETCH = 1_000;
    private static final int BATCH = 1_000;

    private final Dialect dialect;

    public TableCopies(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Gives all rows as they are at one moment; the connection is left as it was. */
    public void read(Connection connection, ControlCopies.Sink sink) throws SQLException, IOException {
        int isolation = connection.getTransactionIsolation();
        boolean commits = connection.getAutoCommit();
        connection.setTransactionIsolation(dialect.snapshot());
        connection.setAutoCommit(false);
        try {
            for (TableLayout table :
                    TableLayout.of(connection, dialect.schema()).values()) {
                read(connection, table, sink);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(commits);
            connection.setTransactionIsolation(isolation);
        }
    }

    private static void read(Connection connection, TableLayout table, ControlCopies.Sink sink)
            throws SQLException, IOException {
        try (PreparedStatement asked = connection.prepareStatement(table.select())) {
            asked.setFetchSize(FETCH);
            try (ResultSet row = asked.executeQuery()) {
                while (row.next()) {
                    var values = new LinkedHashMap<String, ControlValue>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        values.put(table.columns().get(i), Values.read(row, i + 1));
                    }
                    sink.take(new ControlRow(table.name(), values));
                }
            }
        }
    }

    /**
     * Puts rows in, within the transaction of the connection.
     *
     * @throws StorageException when there are rows already, or one does not fit; to be rolled back then
     */
    public void fill(Connection connection, Iterator<ControlRow> rows) throws SQLException {
        Map<String, TableLayout> tables = TableLayout.of(connection, dialect.schema());
        requireEmpty(connection, tables);
        Batch batch = null;
        try {
            while (rows.hasNext()) {
                ControlRow row = rows.next();
                TableLayout table = table(tables, row);
                if (batch == null || !batch.takes(table)) {
                    Batch full = batch;
                    batch = new Batch(connection.prepareStatement(table.insert()), table);
                    if (full != null) {
                        full.finish();
                    }
                }
                bind(batch.statement, table, row);
                batch.waiting++;
            }
            if (batch != null) {
                batch.finish();
            }
        } finally {
            if (batch != null) {
                batch.statement.close();
            }
        }
    }

    /** Rows of one table that are put in together. */
    private static final class Batch {
        private final PreparedStatement statement;
        private final TableLayout table;
        private int waiting;

        Batch(PreparedStatement statement, TableLayout table) {
            this.statement = statement;
            this.table = table;
        }

        boolean takes(TableLayout its) {
            return its.name().equals(table.name()) && waiting < BATCH;
        }

        void finish() throws SQLException {
            try (statement) {
                statement.executeBatch();
            }
        }
    }

    private void bind(PreparedStatement statement, TableLayout table, ControlRow row) throws SQLException {
        for (int i = 0; i < table.columns().size(); i++) {
            ControlValue value = row.values().getOrDefault(table.columns().get(i), ControlValue.NONE);
            Values.bind(statement, i + 1, value, dialect.text());
        }
        statement.addBatch();
    }

    private static TableLayout table(Map<String, TableLayout> tables, ControlRow row) {
        TableLayout table = tables.get(row.table());
        if (table == null || !table.columns().containsAll(row.values().keySet())) {
            throw new StorageException("the backup has a table '" + row.table() + "' with columns "
                    + row.values().keySet() + ", which this version does not know; restore it with the Hansard that"
                    + " made it, or a newer one");
        }
        return table;
    }

    private static void requireEmpty(Connection connection, Map<String, TableLayout> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : tables.keySet()) {
                if (COUNTERS.contains(table)) {
                    statement.execute("DELETE FROM " + table);
                } else if (hasRows(statement, table)) {
                    throw new StorageException("the control data are not empty: there are rows in '" + table
                            + "'; restore into an empty database or schema");
                }
            }
        }
    }

    private static boolean hasRows(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            return row.next();
        }
    }
}
