// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.spi.MapOptions;
import dev.hansard.ports.spi.PayloadStoreFactory;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The payload store that docs/extend/storage.md shows, held to what every payload store is held to. */
class StoragePluginTest implements PayloadStoreContract {
    @TempDir
    private static Path jars = Path.of("");

    @BeforeAll
    static void install() {
        PluginJars.of(
                jars.resolve("acme-storage.jar"),
                PayloadStoreFactory.class,
                "com.acme.hansard.FlatFolder",
                ExtendPage.of("storage.md").block("java"));
    }

    @Override
    public PayloadStore open(Path folder) {
        try {
            Path share = Files.createDirectories(folder.resolve("share"));
            var around = new StorageSurroundings(
                    new NodeName("n1"), folder, InstantSource.fixed(Instant.EPOCH), () -> 0, () -> 0);
            var options = new MapOptions("payloads", Map.of("type", "flat-folder", "folder", share.toString()));
            PayloadStoreFactory factory =
                    Objects.requireNonNull(Plugins.in(jars).find(PayloadStoreFactory.class, "flat-folder"));
            return factory.create(options).open(around);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
