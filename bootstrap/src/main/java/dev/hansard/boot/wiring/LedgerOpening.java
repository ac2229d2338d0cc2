// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ledger.StoredLedger;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.verify.Verification;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.catalog.H2CatalogFactory;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import dev.hansard.storage.payload.FilesystemPayloads;
import dev.hansard.storage.spool.LedgerStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Opens what a node has stored beside it, to be looked at. */
public final class LedgerOpening implements StoredLedger.Opening {
    private final NodeClock clock;

    public LedgerOpening(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public StoredLedger open(StorageSettings storage, @Nullable String node) {
        Path folder = storage.dataDir();
        NodeName name = name(folder, node);
        var around = new StorageSurroundings(name, folder, clock.wall(), clock.nanos(), clock.secrets());
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            PayloadStore payloads = payloads(storage, around);
            SessionCatalog catalog = catalog(storage, around, opened);
            Path spool = node == null ? folder.resolve("spool") : null;
            StoredRecords records = LedgerStorage.records(spool, payloads, name);
            opened.push(records);
            var stores = new Verification.Stores(new PublishedLedger(payloads, name), records, catalog);
            return new StoredLedger(
                    stores, folder.resolve(NodeLedger.PUBLIC_KEY), () -> opened.forEach(each -> close(each)));
        } catch (StorageException | InvalidValueException e) {
            opened.forEach(each -> close(each));
            throw new CommandFailedException(3, String.valueOf(e.getMessage()), "");
        }
    }

    private static NodeName name(Path folder, @Nullable String node) {
        if (node != null) {
            return new NodeName(node);
        }
        try {
            return new NodeName(
                    Files.readString(folder.resolve(DataDir.NAME_FILE)).strip());
        } catch (IOException | InvalidValueException e) {
            throw CommandFailedException.usage(
                    "'" + folder + "' is not the data folder of a node",
                    "name it with --data-dir or --config, or name a node of the same stores with --node");
        }
    }

    /** The folder of a running node must not be tidied up. */
    private static PayloadStore payloads(StorageSettings storage, StorageSurroundings around) {
        return storage.payloads().type().equals(FilesystemPayloadFactory.TYPE)
                ? FilesystemPayloads.beside(around.dataDir().resolve(FilesystemPayloadFactory.FOLDER))
                : storage.payloads().opening().open(around);
    }

    /** An embedded database belongs to one process: while the node runs it is left out. */
    private static @Nullable SessionCatalog catalog(
            StorageSettings storage, StorageSurroundings around, Deque<AutoCloseable> opened) {
        if (storage.catalog().type().equals(H2CatalogFactory.TYPE)) {
            try {
                opened.push(DataDir.open(around.dataDir()));
            } catch (NodeStartException _) {
                return null;
            }
        }
        SessionCatalog catalog = storage.catalog().opening().open(around);
        opened.push(catalog);
        return catalog;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.getLogger(LedgerOpening.class.getName())
                    .log(System.Logger.Level.WARNING, "a store did not close cleanly", e);
        }
    }
}
