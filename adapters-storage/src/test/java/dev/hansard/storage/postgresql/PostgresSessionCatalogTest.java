// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionCatalogContract;
import dev.hansard.ports.value.NodeName;
import java.nio.file.Path;

class PostgresSessionCatalogTest implements SessionCatalogContract {
    private static final NodeName NODE = new NodeName("node-1");

    @Override
    public SessionCatalog open(Path folder) {
        return PostgresSessionCatalog.open(TestDatabase.settings(folder), NODE);
    }
}
