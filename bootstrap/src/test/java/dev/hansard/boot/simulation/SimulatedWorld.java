// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.InMemoryForeignRemovals;
import dev.hansard.ports.retention.InMemoryHolds;
import dev.hansard.ports.retention.InMemoryRetentionNotes;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SimulatedDisk;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** All that outlives a process: disks and stores, what they hold in truth, and how they look to the node. */
final class SimulatedWorld {
    final SimulatedClock clock = new SimulatedClock();
    final SimulatedDisk spoolDisk;
    final SimulatedDisk ledgerDisk;
    final InMemoryPayloadStore objects = new InMemoryPayloadStore();
    final InMemorySessionCatalog rows = new InMemorySessionCatalog();
    final InMemoryHolds register = new InMemoryHolds();
    final InMemoryRetentionNotes kept = new InMemoryRetentionNotes();
    final @Nullable InMemoryKeyWrapper wrapper;
    final Unreliable ofObjects;
    final Unreliable ofRows;
    final Unreliable ofControl;
    final PayloadStore payloads;
    final SessionCatalog catalog;
    final Holds holds;
    final RetentionNotes notes;
    final ForeignRemovals removals;
    final AuditLog audit;

    SimulatedWorld(long seed, boolean encrypted) {
        spoolDisk = new SimulatedDisk(seed);
        ledgerDisk = new SimulatedDisk(~seed);
        wrapper = encrypted ? new InMemoryKeyWrapper() : null;
        ofObjects = new Unreliable(new Random(seed + 1));
        ofRows = new Unreliable(new Random(seed + 2));
        ofControl = new Unreliable(new Random(seed + 3));
        payloads = ofObjects.over(PayloadStore.class, objects);
        catalog = ofRows.over(SessionCatalog.class, rows);
        holds = ofControl.over(Holds.class, register);
        notes = ofControl.over(RetentionNotes.class, kept);
        removals = ofControl.over(ForeignRemovals.class, new InMemoryForeignRemovals());
        audit = ofControl.over(AuditLog.class, new InMemoryAuditLog());
    }

    /** The process dies, and the machine goes on: all that was written is there. */
    void kill() {
        spoolDisk.kill();
        ledgerDisk.kill();
        calm();
    }

    /** The power goes: of what was not synced something is there. */
    void losePower() {
        spoolDisk.crash();
        ledgerDisk.crash();
        calm();
    }

    /** The stores are well again. */
    void calm() {
        ofObjects.calm();
        ofRows.calm();
        ofControl.calm();
    }
}
