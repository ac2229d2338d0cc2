// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.SessionCatalogFactory;

/** The catalog in a PostgreSQL that several nodes may share. */
public final class PostgresCatalogFactory implements SessionCatalogFactory {
    /** The word that chooses it. */
    public static final String TYPE = "postgresql";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<SessionCatalog> create(Options options) {
        PostgresSettings settings = PostgresSettings.read(options);
        return around -> PostgresSessionCatalog.open(settings, around);
    }
}
