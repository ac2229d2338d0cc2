// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.notify.AlertRecordsContract;
import java.nio.file.Path;

class PostgresAlertRecordsTest implements AlertRecordsContract {
    @Override
    public Opened open(Path folder) {
        var control =
                PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
        return new Opened() {
            @Override
            public AlertRecords alerts() {
                return control.alerts();
            }

            @Override
            public void close() {
                control.close();
            }
        };
    }
}
