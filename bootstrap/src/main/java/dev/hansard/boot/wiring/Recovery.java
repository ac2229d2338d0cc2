// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.recovery.BackupOffice;
import dev.hansard.core.recovery.CatalogOffice;
import dev.hansard.http.admin.RecoveryDesks;
import dev.hansard.ports.recovery.BackupDesk;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;

/** What a running node does for the day of need, put together. */
final class Recovery implements AutoCloseable {
    private final CatalogMending mending;
    private final RecoveryDesks desks;

    private Recovery(CatalogMending mending, RecoveryDesks desks) {
        this.mending = mending;
        this.desks = desks;
    }

    /**
     * @param type of the control store
     */
    static Recovery of(
            Storage storage, ControlStore control, String type, StorageSurroundings around, Auditor auditor) {
        var mending = new CatalogMending(storage, around.dataDir());
        var catalog = new CatalogOffice(
                auditor,
                mending,
                work -> Thread.ofPlatform().name("hansard-catalog").daemon(true).start(work));
        if (mending.isDue()) {
            System.getLogger(Recovery.class.getName())
                    .log(System.Logger.Level.WARNING, "a rebuild of the catalog broke off; it begins anew");
            catalog.begin();
        }
        ControlCopies copies = control.copies();
        BackupDesk backup = copies == null
                ? null
                : new BackupOffice(auditor, BackupTaking.of(copies, type, around, storage.ledger()::newestCheckpoint));
        return new Recovery(mending, new RecoveryDesks(backup, catalog));
    }

    RecoveryDesks desks() {
        return desks;
    }

    @Override
    public void close() {
        mending.close();
    }
}
