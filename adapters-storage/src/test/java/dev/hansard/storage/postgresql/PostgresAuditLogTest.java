// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.audit.AuditLogContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresAuditLogTest implements AuditLogContract {
    @Override
    public Opened open(Path folder) {
        var store = PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
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
    void isOneLogOfSeveralNodes(@TempDir Path folder) throws Exception {
        try (var here = open(folder);
                var there = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var appends = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 40; i++) {
                var event = AuditLogContract.event(i);
                appends.add(() -> here.log().append(event));
                appends.add(() -> there.log().append(event));
            }

            for (var number : threads.invokeAll(appends)) {
                assertThat(number.get()).isPositive();
            }

            assertThat(here.log().since(0, 1_000))
                    .isEqualTo(there.log().since(0, 1_000))
                    .extracting(AuditEntry::number)
                    .isEqualTo(LongStream.rangeClosed(1, 80).boxed().toList());
        }
    }
}
