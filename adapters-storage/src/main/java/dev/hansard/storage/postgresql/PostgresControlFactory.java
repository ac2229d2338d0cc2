// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.ControlStoreFactory;
import dev.hansard.ports.spi.Options;

/** The control data in a PostgreSQL that several nodes may share. */
public final class PostgresControlFactory implements ControlStoreFactory {
    @Override
    public String type() {
        return PostgresCatalogFactory.TYPE;
    }

    @Override
    public Opening<ControlStore> create(Options options) {
        PostgresSettings settings = PostgresSettings.read(options);
        return around -> PostgresControlStore.open(
                settings, around.nanos(), around.dataDir().resolve("control.seen"));
    }
}
