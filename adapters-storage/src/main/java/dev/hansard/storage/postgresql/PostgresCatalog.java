// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;

/** Opens the catalog in PostgreSQL. */
public final class PostgresCatalog {
    private PostgresCatalog() {}

    /**
     * Opens the catalog, and makes or migrates its schema. A process that has it open under the same name of a node is
     * refused from then on.
     *
     * @throws StorageException when the server cannot be reached, or does not grant what is needed
     */
    public static SessionCatalog open(PostgresSettings settings, NodeName node) {
        return PostgresSessionCatalog.open(settings, node);
    }
}
