// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.notify.AlertRecordsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2AlertRecordsTest implements AlertRecordsContract {
    @Override
    public Opened open(Path folder) {
        var store = H2ControlStore.open(folder);
        return new Opened() {
            @Override
            public AlertRecords alerts() {
                return store.alerts();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    @Test
    void stillKnowsThemAfterARestart(@TempDir Path folder) {
        var alert = new Alert("disk:node-1", 1, "low", "make room", NOON);
        try (Opened first = open(folder)) {
            first.alerts().put(alert);
        }

        try (Opened second = open(folder)) {
            assertThat(second.alerts().raised()).containsExactly(alert);
        }
    }
}
