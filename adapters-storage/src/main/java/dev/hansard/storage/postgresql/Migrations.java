// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Brings a schema to the layout of this program, step by step, each a file beside this class. PostgreSQL changes tables
 * in transactions, so all steps are done or none; a lock has nodes that start together take turns. Steps are only ever
 * added, and only such that a node of the version before, which still runs, can go on.
 */
final class Migrations {
    /** Nodes that start together wait for the one that migrates. */
    private static final List<String> WAIT =
            List.of("SET LOCAL lock_timeout = '25s'", "SET LOCAL statement_timeout = '25s'");

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
        database.change(handle -> {
            WAIT.forEach(handle::execute);
            handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "hansard layout of " + schema);
            if (!hasSchema(handle)) {
                handle.execute("CREATE SCHEMA " + schema);
            }
            handle.execute("CREATE TABLE IF NOT EXISTS layout(version integer NOT NULL)");
            for (int next = version(handle) + 1; next <= newest; next++) {
                run(handle, step(next));
                handle.execute("INSERT INTO layout VALUES (?)", next);
            }
            return newest;
        });
    }

    /** Past JDBI, which would look for parameters in the bodies of functions. */
    private static void run(Handle handle, String sql) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** Asked for, because to make it when it is missing takes a grant even when it is there. */
    private boolean hasSchema(Handle handle) {
        return handle.select("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ?", schema)
                .mapTo(Integer.class)
                .one()
                .equals(1);
    }

    private int version(Handle handle) {
        int version = handle.select("SELECT coalesce(max(version), 0) FROM layout")
                .mapTo(Integer.class)
                .one();
        if (version > newest) {
            throw new StorageException("the schema " + schema + " was made by a newer Hansard (layout " + version
                    + ", known are " + newest + "); start that one, or restore a backup");
        }
        return version;
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
