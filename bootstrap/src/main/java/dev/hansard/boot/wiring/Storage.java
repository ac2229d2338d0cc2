// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.StorageSettings;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.catalog.H2Catalog;
import dev.hansard.storage.catalog.H2CatalogSettings;
import dev.hansard.storage.payload.FilesystemPayloads;
import dev.hansard.storage.spool.SpoolSettings;
import dev.hansard.storage.spool.SpoolStorage;

/** The storage adapters that the configuration names, put together. */
final class Storage implements AutoCloseable {
    private final SessionCatalog catalog;
    private final SpoolStorage spool;

    private Storage(SessionCatalog catalog, SpoolStorage spool) {
        this.catalog = catalog;
        this.spool = spool;
    }

    static Storage open(StorageSettings settings, DataDir dataDir, NodeName node, NodeClock clock) {
        SessionCatalog catalog =
                H2Catalog.open(H2CatalogSettings.of(dataDir.folder().resolve("catalog")), clock.nanos());
        try {
            PayloadStore payloads = FilesystemPayloads.open(dataDir.folder().resolve("payloads"));
            SpoolSettings spool =
                    Translation.of(settings.spool(), dataDir.folder().resolve("spool"));
            return new Storage(
                    catalog, SpoolStorage.open(spool, catalog, payloads, node, clock.wall(), clock.secrets()));
        } catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    Spool spool() {
        return spool.spool();
    }

    SessionCatalog catalog() {
        return catalog;
    }

    SessionArchive archive() {
        return spool.archive();
    }

    /** What keeps sessions from being indexed or sealed, for people; empty when nothing does. */
    String trouble() {
        return spool.stats().trouble();
    }

    @Override
    public void close() {
        spool.close();
        catalog.close();
    }
}
