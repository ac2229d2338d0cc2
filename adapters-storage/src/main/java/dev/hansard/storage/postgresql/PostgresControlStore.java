// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import java.util.function.LongSupplier;

/** The control data of all nodes, in a schema of its own. */
final class PostgresControlStore implements ControlStore {
    private static final String MIGRATION = "control";
    private static final int LAYOUT = 1;

    private final PostgresDatabase database;
    private final PostgresApiKeys keys;
    private final AuditLog audit;

    private PostgresControlStore(PostgresDatabase database, PostgresApiKeys keys) {
        this.database = database;
        this.keys = keys;
        this.audit = new PostgresAuditLog(database);
    }

    /** @throws StorageException when the server cannot be reached, or does not grant what is needed */
    static PostgresControlStore open(PostgresSettings settings, LongSupplier nanos) {
        String schema = settings.schema() + "_control";
        var database = PostgresDatabase.of(settings, schema);
        try {
            new Migrations(schema, MIGRATION, LAYOUT).run(database);
            return new PostgresControlStore(database, PostgresApiKeys.load(database, nanos));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public ApiKeys keys() {
        return keys;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }
}
