// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.retention.RetentionRecordsContract;
import java.nio.file.Path;

class H2RetentionRecordsTest implements RetentionRecordsContract {
    @Override
    public Opened open(Path folder) {
        var store = H2ControlStore.open(folder);
        return new Opened() {
            @Override
            public RetentionRecords records() {
                return store.retention();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
