// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.storage;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.ports.spi.ControlStoreFactory;
import dev.hansard.ports.spi.KeyWrapperFactory;
import dev.hansard.ports.spi.PayloadStoreFactory;
import dev.hansard.ports.spi.SessionCatalogFactory;
import dev.hansard.ports.spi.TypedFactory;
import dev.hansard.storage.catalog.H2CatalogFactory;
import dev.hansard.storage.control.H2ControlFactory;
import dev.hansard.storage.kek.KeyFileFactory;
import dev.hansard.storage.kek.TransitFactory;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import dev.hansard.storage.postgresql.PostgresCatalogFactory;
import dev.hansard.storage.postgresql.PostgresControlFactory;
import dev.hansard.storage.s3.MinioPayloadFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of storage that a configuration can name: ours first, then those of plugins. */
public final class StorageTypes {
    private static final Map<Class<? extends TypedFactory>, List<? extends TypedFactory>> OURS = Map.of(
            SessionCatalogFactory.class, List.of(new H2CatalogFactory(), new PostgresCatalogFactory()),
            PayloadStoreFactory.class, List.of(new FilesystemPayloadFactory(), new MinioPayloadFactory()),
            ControlStoreFactory.class, List.of(new H2ControlFactory(), new PostgresControlFactory()),
            KeyWrapperFactory.class, List.of(new KeyFileFactory(), new TransitFactory()));

    private final Plugins plugins;

    /** What comes with Hansard, and what the plugins bring. */
    public StorageTypes(Plugins plugins) {
        this.plugins = plugins;
    }

    /** The factory of a type; a plugin cannot take the place of one of ours. */
    <F extends TypedFactory> @Nullable F find(Class<F> kind, String type) {
        for (TypedFactory factory : OURS.getOrDefault(kind, List.of())) {
            if (factory.type().equals(type)) {
                return kind.cast(factory);
            }
        }
        return plugins.find(kind, type);
    }

    /** What can be written as a type without a plugin. */
    List<String> words(Class<? extends TypedFactory> kind) {
        return OURS.getOrDefault(kind, List.of()).stream()
                .map(TypedFactory::type)
                .toList();
    }

    /** The jar that a type comes in; empty for ours. */
    String jarOf(Class<? extends TypedFactory> kind, String type) {
        return plugins.jarOf(kind, type);
    }

    /** Where a plugin is looked for. */
    Path folder() {
        return plugins.folder();
    }

    /** What was wrong with plugins. */
    List<String> troubles() {
        return plugins.troubles();
    }
}
