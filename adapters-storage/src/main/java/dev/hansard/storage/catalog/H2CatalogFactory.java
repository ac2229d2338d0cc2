// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.SessionCatalogFactory;

/** The catalog that is embedded in the process: a file for each day, in a folder of the data folder. */
public final class H2CatalogFactory implements SessionCatalogFactory {
    /** The word that chooses it. */
    public static final String TYPE = "h2";

    private static final String FOLDER = "catalog";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<SessionCatalog> create(Options options) {
        return around -> H2Catalog.open(H2CatalogSettings.of(around.dataDir().resolve(FOLDER)), around.nanos());
    }
}
