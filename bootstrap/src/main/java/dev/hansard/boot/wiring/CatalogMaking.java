// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.recovery.CatalogRebuilding;
import dev.hansard.boot.cli.recovery.StoppedNode;
import dev.hansard.ports.recovery.CatalogRebuild;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes the catalog of a node that is stopped again. Its folder is locked meanwhile. */
public final class CatalogMaking implements CatalogRebuilding {
    /** How long what is in the spool may take to be indexed; the node's next start goes on with what is left. */
    private static final Duration SPOOL_LIMIT = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final NodeClock clock;

    /** With the time and the randomness of a node. */
    public CatalogMaking(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public Done rebuild(StoppedNode node, Consumer<CatalogRebuild> told) {
        try (DataDir dataDir = DataDir.ofStoppedNode(node.storage().dataDir())) {
            requireAllKeys(node, dataDir.folder());
            var around = new StorageSurroundings(
                    dataDir.nodeName(clock.random()), dataDir.folder(), clock.wall(), clock.nanos(), clock.secrets());
            try (Storage storage =
                    Storage.open(node.storage(), node.ledger(), node.retention().toRules(), around)) {
                CatalogRebuild done = new CatalogMending(storage, dataDir.folder()).run(told);
                return new Done(done, awaitSpool(storage));
            }
        } catch (NodeStartException | StorageException | InvalidValueException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE,
                    String.valueOf(e.getMessage()),
                    "run it again; the node does so too at its next start");
        }
    }

    /** What is only known from the configuration must not be made anew, or done without. */
    private static void requireAllKeys(StoppedNode node, Path folder) {
        boolean isKeyElsewhere = node.ledger().keyFile() == null
                && Files.exists(folder.resolve(NodeLedger.PUBLIC_KEY))
                && !Files.exists(folder.resolve(NodeLedger.KEY));
        boolean isEncrypted = node.storage().encryption() == null && hasWrappedKeys(folder.resolve("spool"));
        if (isKeyElsewhere || isEncrypted) {
            throw CommandFailedException.usage(
                    "'" + folder + "' belongs to a node whose " + (isEncrypted ? "key-encryption key" : "ledger key")
                            + " is kept elsewhere",
                    "name its configuration with --config");
        }
    }

    private static boolean hasWrappedKeys(Path spool) {
        try (Stream<Path> files = Files.list(spool)) {
            return files.anyMatch(file -> file.toString().endsWith(".dek"));
        } catch (IOException _) {
            return false; // There is no spool yet.
        }
    }

    private boolean awaitSpool(Storage storage) {
        long until = clock.nanos().getAsLong() + SPOOL_LIMIT.toNanos();
        try {
            while (!storage.isIndexed() && clock.nanos().getAsLong() - until < 0) {
                clock.pause().rest(LOOK);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return storage.isIndexed();
    }
}
