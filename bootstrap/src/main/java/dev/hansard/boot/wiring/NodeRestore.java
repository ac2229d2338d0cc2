// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.recovery.NodeReturn;
import dev.hansard.boot.cli.recovery.StoppedNode;
import dev.hansard.boot.recovery.BackupFacts;
import dev.hansard.boot.recovery.BackupFile;
import dev.hansard.boot.recovery.BackupReader;
import dev.hansard.boot.recovery.ControlRows;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Puts a backup back. First all of it is read, and nothing is written unless all of it is right. A file in the data
 * folder says as long that the folder is not whole: no node starts on it, and the same restore may begin anew.
 */
public final class NodeRestore implements NodeReturn {
    static final String MARK = "restore.incomplete";

    private final NodeClock clock;

    /** With the time and the randomness of a node. */
    public NodeRestore(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public Returned restore(StoppedNode node, BackupFile backup, boolean sameNode) {
        try {
            BackupFacts facts = verified(backup);
            String type = node.storage().control().type();
            if (!facts.control().equals(type)) {
                throw CommandFailedException.usage(
                        "the backup is of control data of type " + facts.control() + ", but storage.control is " + type,
                        "name a configuration with the same type with --config");
            }
            var folder = new RestoredFolder(node.storage().dataDir());
            folder.requireRoom();
            try (DataDir dataDir = DataDir.open(node.storage().dataDir())) {
                var around = new StorageSurroundings(
                        new NodeName(facts.node()), dataDir.folder(), clock.wall(), clock.nanos(), clock.secrets());
                if (!folder.begin()) {
                    fill(node, backup, around);
                    note(node, facts, around);
                    folder.controlIsThere();
                }
                read(backup, (name, in) -> folder.put(name, in, sameNode, facts.node()));
                NodeName name = dataDir.nodeName(clock.secrets());
                var gap = BackupGap.of(node.storage(), around, facts);
                folder.end();
                return new Returned(facts, name.value(), gap.since(), gap.unknown());
            }
        } catch (NodeStartException | StorageException | InvalidValueException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), "run it again when that is mended");
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE, "the restore broke off: " + e.getMessage(), "run it again");
        }
    }

    private static BackupFacts verified(BackupFile backup) {
        try {
            return backup.read((name, in) -> {
                if (ControlRows.areIn(name)) {
                    var rows = new ControlRows(in);
                    while (rows.hasNext()) {
                        rows.next();
                    }
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailedException.usage("the backup is not right: " + e.getMessage(), "take another one");
        }
    }

    private static void read(BackupFile backup, BackupReader.Use use) throws IOException {
        backup.read(use);
    }

    private static void fill(StoppedNode node, BackupFile backup, StorageSurroundings around) throws IOException {
        try (ControlStore control = Storage.control(node.storage(), around)) {
            ControlCopies copies = control.copies();
            if (copies == null) {
                throw CommandFailedException.usage(
                        "storage.control of type " + node.storage().control().type() + " takes no copies", "");
            }
            read(backup, (name, in) -> fill(copies, name, in));
        }
    }

    private static void fill(ControlCopies copies, String name, InputStream in) throws IOException {
        if (ControlRows.areIn(name)) {
            copies.fill(new ControlRows(in));
        }
    }

    /** Opened anew, since what a store knew before it was filled is not so any more. */
    private void note(StoppedNode node, BackupFacts facts, StorageSurroundings around) {
        try (ControlStore control = Storage.control(node.storage(), around)) {
            new Auditor(control.audit(), clock.wall(), false)
                    .node(
                            AuditAction.CONTROL_RESTORED,
                            "from a backup of " + facts.node() + " of " + facts.madeAt() + " with entries to "
                                    + facts.auditNumber());
        }
    }
}
