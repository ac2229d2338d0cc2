// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.audit.AuditLogContract;
import dev.hansard.ports.session.StorageException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2AuditLogTest implements AuditLogContract {
    @Override
    public Opened open(Path folder) {
        var store = H2ControlStore.open(folder);
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

    @Test
    void refusesMoreThanItsLimitAndSaysWhatToDo(@TempDir Path folder) {
        ControlDatabase database =
                ControlDatabase.open(folder.resolve("control").toString());
        try {
            var log = new H2AuditLog(database, 2);
            var event = new AuditEvent(Instant.EPOCH, "", "", AuditAction.NODE_STARTED, "", null, "", null, true);
            log.append(event);
            log.append(event);

            assertThatThrownBy(() -> log.append(event))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("full with 2 entries")
                    .hasMessageContaining("archive");
            assertThat(log.newest(Long.MAX_VALUE, 10)).hasSize(2);
        } finally {
            database.close();
        }
    }
}
