// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.recovery.ControlCopiesContract;
import dev.hansard.ports.spi.ControlStore;
import java.nio.file.Path;

class PostgresCopiesTest implements ControlCopiesContract {
    @Override
    public ControlStore open(Path folder) {
        return PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
    }
}
