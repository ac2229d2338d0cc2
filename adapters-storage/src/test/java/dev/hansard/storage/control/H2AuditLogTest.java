// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.audit.AuditLogContract;
import java.nio.file.Path;

class H2AuditLogTest implements AuditLogContract {
    @Override
    public Opened open(Path folder) {
        var store = ControlStore.open(folder);
        return new Opened() {
            @Override
            public AuditLog log() {
                return store.audit();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
