// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.DurableSessionCatalogContract;
import dev.hansard.ports.session.SessionCatalog;
import java.nio.file.Path;

class H2SessionCatalogTest implements DurableSessionCatalogContract {
    @Override
    public SessionCatalog open(Path folder) {
        return H2Catalog.open(H2CatalogSettings.of(folder), System::nanoTime);
    }
}
