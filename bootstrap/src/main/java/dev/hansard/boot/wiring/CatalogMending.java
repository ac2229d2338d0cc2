// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.recovery.CatalogOffice;
import dev.hansard.ports.recovery.CatalogRebuild;
import dev.hansard.ports.recovery.CatalogRebuild.State;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.RebuiltCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes the catalog again. A file in the data folder says as long that it is not whole: a process that is killed leaves
 * it, and the next one begins anew.
 */
final class CatalogMending implements CatalogOffice.Work, AutoCloseable {
    static final String MARK = "catalog.incomplete";

    private final Storage storage;
    private final Path mark;
    private volatile boolean isStopping;

    CatalogMending(Storage storage, Path dataDir) {
        this.storage = storage;
        mark = dataDir.resolve(MARK);
    }

    /** Whether an earlier process did not come to the end. */
    boolean isDue() {
        return Files.exists(mark);
    }

    @Override
    public CatalogRebuild run(Consumer<CatalogRebuild> told) {
        try {
            MadeOnce.replace(mark, "the catalog is being rebuilt from its records");
            RebuiltCatalog done = storage.rebuildCatalog(so -> {
                requireTime();
                told.accept(CatalogRebuild.running(so.segments(), so.ofSegments(), so.rows()));
            });
            Files.delete(mark);
            return new CatalogRebuild(
                    State.DONE,
                    done.segments(),
                    done.ofSegments(),
                    done.rows(),
                    done.unreadable().stream().limit(CatalogRebuild.MOST_NAMED).toList(),
                    "");
        } catch (IOException e) {
            throw new StorageException("'" + mark + "' cannot be written; see that storage.data-dir has room", e);
        }
    }

    private void requireTime() {
        if (isStopping) {
            throw new StorageException("the node stops; the next start begins anew");
        }
    }

    /** Ends it after the segment that it is at. */
    @Override
    public void close() {
        isStopping = true;
    }
}
