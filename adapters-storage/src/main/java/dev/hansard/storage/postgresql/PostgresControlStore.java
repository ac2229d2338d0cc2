// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.storage.tables.AlertTable;
import dev.hansard.storage.tables.ApprovalTable;
import dev.hansard.storage.tables.RetentionTables;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The control data of all nodes, in a schema of its own. */
final class PostgresControlStore implements ControlStore {
    private static final System.Logger LOG = System.getLogger(PostgresControlStore.class.getName());
    private static final String MIGRATION = "control";
    private static final int LAYOUT = 5;

    private final PostgresDatabase database;
    private final PostgresApiKeys keys;
    private final AuditLog audit;
    private final RetentionRecords retention;
    private final AlertRecords alerts;
    private final SignedInRecords signedIn;
    private final ApprovalStore approvals;
    private final Leases leases;

    private PostgresControlStore(PostgresDatabase database, PostgresApiKeys keys) {
        this.database = database;
        this.keys = keys;
        this.audit = new PostgresAuditLog(database);
        this.retention = RetentionTables.in(database, new Turns(database, "holds"));
        this.alerts = new AlertTable(database);
        this.signedIn = new PostgresSignedInRecords(database);
        this.approvals = new ApprovalTable(database);
        this.leases = new PostgresLeases(database);
    }

    /**
     * Opens it; where it was used before, it need not be reachable: then no key is recognised, and nothing done that
     * has to be written down, until it is.
     *
     * @param seen the file that tells whether it was used before
     * @throws StorageException when the server cannot be reached the first time, or does not grant what is needed
     */
    static PostgresControlStore open(PostgresSettings settings, LongSupplier nanos, Path seen) {
        String schema = settings.schema() + "_control";
        var before = LastSeen.in(seen, settings, schema);
        var database = PostgresDatabase.of(settings, schema);
        try {
            new Migrations(schema, MIGRATION, LAYOUT).run(database);
            var store = new PostgresControlStore(database, PostgresApiKeys.load(database, nanos));
            before.remember(0);
            return store;
        } catch (StorageException e) {
            if (before.sequence() >= 0 && PostgresFailure.isAway(e)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the node starts without its control data; no API key is recognised until it is there: {0}",
                        e.getMessage());
                return new PostgresControlStore(database, PostgresApiKeys.unread(database, nanos));
            }
            database.close();
            throw e;
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
    public RetentionRecords retention() {
        return retention;
    }

    @Override
    public AlertRecords alerts() {
        return alerts;
    }

    @Override
    public Optional<TimeWitness> clock() {
        return Optional.of(new DatabaseClock(database));
    }

    @Override
    public SignedInRecords signedIn() {
        return signedIn;
    }

    @Override
    public ApprovalStore approvals() {
        return approvals;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public ControlCopies copies() {
        return new PostgresCopies(database);
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }
}
