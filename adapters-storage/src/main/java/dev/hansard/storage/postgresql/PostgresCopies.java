// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.storage.tables.Dialect;
import dev.hansard.storage.tables.TableCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.Iterator;

/** Copies the control data of all nodes; in a form of our own, so that no tool of the database is needed. */
final class PostgresCopies implements ControlCopies {
    private final PostgresDatabase database;
    private final TableCopies tables;

    PostgresCopies(PostgresDatabase database) {
        this.database = database;
        tables = new TableCopies(new Dialect(database.schema(), "text", Connection.TRANSACTION_REPEATABLE_READ));
    }

    @Override
    public void read(Sink sink) throws IOException {
        try {
            database.with(handle -> {
                try {
                    tables.read(handle.getConnection(), sink);
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void fill(Iterator<ControlRow> rows) {
        database.change(handle -> {
            tables.fill(handle.getConnection(), rows);
            return true;
        });
    }
}
