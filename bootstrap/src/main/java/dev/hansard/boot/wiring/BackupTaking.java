// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Version;
import dev.hansard.boot.cli.recovery.NodeCopy;
import dev.hansard.boot.cli.recovery.StoppedNode;
import dev.hansard.boot.recovery.BackupArchive;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.recovery.BackupDesk;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import dev.hansard.storage.payload.FilesystemPayloads;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Takes backups: of a node in this process, or of one that is stopped. */
public final class BackupTaking implements NodeCopy {
    private final NodeClock clock;

    /** With the time and the randomness of a node. */
    public BackupTaking(NodeClock clock) {
        this.clock = clock;
    }

    /** The archive of a running node. */
    static BackupDesk.Archive of(
            ControlCopies copies, String control, StorageSurroundings around, Supplier<String> checkpoint) {
        return to -> BackupArchive.write(
                to,
                new BackupArchive.Origin(
                        around.wall().instant(),
                        Version.current(),
                        around.node().value(),
                        control,
                        checkpoint.get(),
                        around.dataDir()),
                copies);
    }

    @Override
    public void write(StoppedNode node, OutputStream to) throws IOException {
        StorageSettings storage = node.storage();
        try (DataDir dataDir = DataDir.ofStoppedNode(storage.dataDir())) {
            var around = new StorageSurroundings(
                    dataDir.nodeName(clock.random()), dataDir.folder(), clock.wall(), clock.nanos(), clock.secrets());
            try (ControlStore control = Storage.control(storage, around)) {
                ControlCopies copies = control.copies();
                if (copies == null) {
                    throw CommandFailedException.usage(
                            "storage.control of type " + storage.control().type() + " cannot be copied by Hansard",
                            "copy it by the means of its database");
                }
                new Auditor(control.audit(), clock.wall(), false)
                        .node(AuditAction.BACKUP_TAKEN, around.node() + ", which was stopped");
                of(copies, storage.control().type(), around, () -> newestCheckpoint(storage, around))
                        .writeTo(to);
            }
        } catch (NodeStartException | StorageException | InvalidValueException e) {
            throw new CommandFailedException(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), "");
        }
    }

    /** Empty when the store is away: a backup is worth more than what it is compared with. */
    private static String newestCheckpoint(StorageSettings storage, StorageSurroundings around) {
        try (PayloadStore payloads = beside(storage, around)) {
            return new PublishedLedger(payloads, around.node()).newestCheckpoint();
        } catch (StorageException e) {
            System.getLogger(BackupTaking.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the backup is made without a checkpoint of the ledger: {0}",
                            e.getMessage());
            return "";
        }
    }

    /** The payload store, to be read only. */
    static PayloadStore beside(StorageSettings storage, StorageSurroundings around) {
        return storage.payloads().type().equals(FilesystemPayloadFactory.TYPE)
                ? FilesystemPayloads.beside(around.dataDir().resolve(FilesystemPayloadFactory.FOLDER))
                : storage.payloads().opening().open(around);
    }
}
