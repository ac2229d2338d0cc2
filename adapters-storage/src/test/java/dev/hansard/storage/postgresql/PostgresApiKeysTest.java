// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.ApiKeysContract;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresApiKeysTest implements ApiKeysContract {
    private static final ApiKey KEY = new ApiKey(
            "a".repeat(ApiKey.ID_LENGTH), "ci", "00".repeat(32), List.of("ops"), NOON, "corp/someone", null, null);

    @Override
    public Opened open(Path folder) {
        var store = PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
        return new Opened() {
            @Override
            public ApiKeys keys() {
                return store.keys();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    @Test
    void seesWhatAnotherNodeDoes(@TempDir Path folder) {
        try (var here = open(folder);
                var there = open(folder)) {
            here.keys().add(KEY);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(there.keys().find(KEY.id())).isEqualTo(KEY));
            assertThatThrownBy(() -> there.keys().add(KEY)).isInstanceOf(InvalidValueException.class);

            assertThat(there.keys().revoke(KEY.id(), NOON)).isTrue();
            assertThat(here.keys().revoke(KEY.id(), NOON.plusSeconds(1))).isFalse();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(here.keys().find(KEY.id())).isEqualTo(KEY.revoked(NOON)));
        }
    }

    @Test
    void recognisesNoKeyOnceItCouldNotAskForLong(@TempDir Path folder) {
        var nanos = new AtomicLong();
        try (var store = PostgresControlStore.open(TestDatabase.settings(folder), nanos::get, folder.resolve("seen"))) {
            store.keys().add(KEY);
            assertThat(store.keys().find(KEY.id())).isEqualTo(KEY);
            ((PostgresApiKeys) store.keys()).close();

            nanos.addAndGet(PostgresApiKeys.LONGEST.toNanos());
            assertThat(store.keys().find(KEY.id())).isEqualTo(KEY);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());

            assertThat(store.keys().find(KEY.id())).isNull();
        }
    }
}
