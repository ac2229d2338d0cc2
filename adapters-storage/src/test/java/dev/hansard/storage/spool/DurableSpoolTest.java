// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.SpoolContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DurableSpoolTest implements SpoolContract {
    @TempDir
    private Path folder;

    private SpoolStorage storage;

    @BeforeEach
    void open() {
        storage = SpoolStorage.open(
                SpoolSettings.at(folder),
                new InMemorySessionCatalog(),
                new InMemoryPayloadStore(),
                Exchanges.NODE,
                InstantSource.system(),
                new Random(1));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Override
    public Spool spool() {
        return storage.spool();
    }
}
