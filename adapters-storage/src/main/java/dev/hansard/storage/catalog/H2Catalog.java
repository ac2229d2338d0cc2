// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import java.util.function.LongSupplier;

/** Opens the catalog that is embedded in the process. */
public final class H2Catalog {
    private H2Catalog() {}

    /**
     * Opens the catalog in the folder of the settings. When it was not closed properly, the days that were open for
     * writing are dropped and named by {@link SessionCatalog#lostDays()}: index them again.
     *
     * @param nanos elapsed time, such as {@code System::nanoTime}
     * @throws StorageException when the folder cannot be used, or another process uses it
     */
    public static SessionCatalog open(H2CatalogSettings settings, LongSupplier nanos) {
        return H2SessionCatalog.open(settings, nanos);
    }
}
