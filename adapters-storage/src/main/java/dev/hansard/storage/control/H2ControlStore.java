// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.storage.tables.AlertTable;
import dev.hansard.storage.tables.ApprovalTable;
import dev.hansard.storage.tables.RetentionTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control data that is embedded in the process. */
public final class H2ControlStore implements ControlStore {
    private final ControlDatabase database;
    private final ApiKeys keys;
    private final AuditLog audit;
    private final RetentionRecords retention;
    private final AlertRecords alerts;
    private final SignedInRecords signedIn;
    private final ApprovalStore approvals;
    private final Leases leases;

    private H2ControlStore(ControlDatabase database) {
        this.database = database;
        this.keys = H2ApiKeys.load(database);
        this.audit = new H2AuditLog(database);
        this.retention = RetentionTables.in(database, new LocalTurn());
        this.alerts = new AlertTable(database);
        this.signedIn = new H2SignedInRecords(database);
        this.approvals = new ApprovalTable(database);
        this.leases = new H2Leases(database);
    }

    /**
     * Opens it in a folder, which is made where it is missing.
     *
     * @throws StorageException when the folder cannot be used
     */
    public static H2ControlStore open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException("'" + folder + "' cannot be made; check that it may be written to", e);
        }
        return new H2ControlStore(
                ControlDatabase.open(folder.resolve("control").toAbsolutePath().toString()));
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
        return database.copies();
    }

    @Override
    public void close() {
        database.close();
    }
}
