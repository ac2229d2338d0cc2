// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.notify.AlertRecordsContract;
import java.nio.file.Path;

final class MemoryOfAlertsTest implements AlertRecordsContract {
    @Override
    public Opened open(Path folder) {
        var alerts = new MemoryOfAlerts();
        return new Opened() {
            @Override
            public AlertRecords alerts() {
                return alerts;
            }

            @Override
            public void close() {
                // It ends with the process.
            }
        };
    }
}
