// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.SpoolAdoption;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.catalog.H2CatalogFactory;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import dev.hansard.storage.spool.SpoolStats;
import dev.hansard.storage.spool.SpoolStorage.LeftFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Opens the storage of a dead node in its place, as that node would have done at its next start, until all that it left
 * is in the stores that it shared with others. Its folder is locked meanwhile, which a node that only hangs would not
 * let happen; and the catalog takes nothing more from a process of that name that was there before.
 */
public final class DeadSpool implements SpoolAdoption {
    /** For how long the stores may take nothing before it is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeClock clock;
    private final Duration patience;

    /** With the time and the randomness of a node. */
    public DeadSpool(NodeClock clock) {
        this(clock, PATIENCE);
    }

    DeadSpool(NodeClock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public Adopted adopt(Settings settings, Path folder, LongConsumer bytesLeft) {
        StorageSettings storage = settings.storage().in(folder);
        requireShared(storage);
        try (DataDir dataDir = DataDir.ofDeadNode(folder)) {
            NodeName name = dataDir.nodeName(clock.random());
            var around = new StorageSurroundings(name, dataDir.folder(), clock.wall(), clock.nanos(), clock.secrets());
            try (Storage opened = Storage.open(
                            storage, settings.ledger(), settings.retention().toRules(), around);
                    ControlStore control = Storage.control(storage, around)) {
                List<LeftFile> left = opened.drain(patience, bytesLeft);
                SpoolStats stats = opened.stats();
                var auditor = new Auditor(
                        control.audit(), clock.wall(), settings.audit().needsReason());
                auditor.node(
                        AuditAction.SPOOL_ADOPTED,
                        name + ": " + stats.segments() + " segments stored, " + left.size() + " files left");
                return new Adopted(
                        name.value(),
                        stats.segments(),
                        stats.recorded(),
                        stats.damagedBytes(),
                        left.stream().map(DeadSpool::text).toList());
            }
        } catch (NodeStartException | StorageException | InvalidValueException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), "what was done stays done; run it again");
        }
    }

    private static String text(LeftFile file) {
        return file.name() + " (" + file.bytes() + " bytes): " + file.reason();
    }

    /** What only one node can have in its own folder cannot be brought in anywhere. */
    private static void requireShared(StorageSettings storage) {
        boolean isShared = !storage.catalog().type().equals(H2CatalogFactory.TYPE)
                && !storage.payloads().type().equals(FilesystemPayloadFactory.TYPE);
        if (!isShared) {
            throw CommandFailedException.usage(
                    "storage.catalog is " + storage.catalog().type() + " and storage.payloads is "
                            + storage.payloads().type() + ", but a spool is adopted into what several nodes share",
                    "start a node on that folder instead: `hansard serve --data-dir " + storage.dataDir() + "`");
        }
    }
}
