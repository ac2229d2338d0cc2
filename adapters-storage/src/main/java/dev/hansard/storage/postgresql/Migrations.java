// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings a schema to the layout of this program, step by step, each a file beside this class. PostgreSQL changes tables
 * in transactions, so all steps are done or none; a lock has nodes that start together take turns. Steps are only ever
 * added, and only such that a node of the version before, which still runs, can go on.
 */
final class Migrations {
    /** Nodes that start together wait for the one that migrates. */
    private static final String WAIT = "SET LOCAL lock_timeout = '25s'; SET LOCAL statement_timeout = '25s'";

    private final String schema;
    private final String steps;
    private final int newest;

    /**
     * Migrates a schema.
     *
     * @param steps what the names of the files begin with
     * @param newest the number of the last one
     */
    Migrations(String schema, String steps, int newest) {
        this.schema = schema;
        this.steps = steps;
        this.newest = newest;
    }

    /** @throws StorageException when a newer Hansard was here, or the role may not do it */
    void run(PostgresDatabase database) {
        database.change(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(WAIT);
                lock(connection);
                if (!hasSchema(connection)) {
                    statement.execute("CREATE SCHEMA " + schema);
                }
                statement.execute("CREATE TABLE IF NOT EXISTS layout(version integer NOT NULL)");
                for (int next = version(statement) + 1; next <= newest; next++) {
                    statement.execute(step(next));
                    statement.execute("INSERT INTO layout VALUES (" + next + ")");
                }
            }
            return newest;
        });
    }

    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "hansard layout of " + schema);
            lock.execute();
        }
    }

    /** Asked for, because to make it when it is missing takes a grant even when it is there. */
    private boolean hasSchema(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private int version(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT coalesce(max(version), 0) FROM layout")) {
            found.next();
            int version = found.getInt(1);
            if (version > newest) {
                throw new StorageException("the schema " + schema + " was made by a newer Hansard (layout " + version
                        + ", known are " + newest + "); start that one, or restore a backup");
            }
            return version;
        }
    }

    private String step(int number) {
        String name = steps + "-" + number + ".sql";
        try (InputStream file = Migrations.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the file " + name + " is missing in this program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
