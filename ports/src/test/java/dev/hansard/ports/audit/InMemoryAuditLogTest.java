// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import java.nio.file.Path;

class InMemoryAuditLogTest implements AuditLogContract {
    @Override
    public Opened open(Path folder) {
        var log = new InMemoryAuditLog();
        return new Opened() {
            @Override
            public AuditLog log() {
                return log;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean isLasting() {
        return false;
    }
}
