// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DataKeysTest {
    private static final KeyLabel LABEL =
            new KeyLabel(new ServiceName("payments"), RetentionClass.DEFAULT, LocalDate.of(2026, 11, 23));

    private final InMemoryKeyWrapper wrapper = new InMemoryKeyWrapper();
    private long nanos;
    private DataKeys keys;

    @BeforeEach
    void open() throws IOException {
        var around = new DataKeys.Around(() -> Instant.parse("2026-11-23T12:00:00Z"), () -> nanos, new Random(1));
        keys = DataKeys.open(wrapper, new SimulatedDisk(1), new InMemoryPayloadStore(), around, false);
    }

    @Test
    void asksTheWrapperAgainAlthoughCallsNeverStopComing() {
        wrapper.failing(true);
        refusedFor(Duration.ofMillis(500));

        wrapper.failing(false);
        refusedFor(Duration.ofMillis(400));
        nanos += Duration.ofMillis(200).toNanos();

        assertThat(keys.forWriting(LABEL)).isNotNull();
        assertThat(keys.trouble()).isEmpty();
    }

    @Test
    void saysTheSameAboutEachCallThatItRefuses() {
        wrapper.failing(true);
        refusedFor(Duration.ofMillis(1));
        String first = keys.trouble();

        refusedFor(Duration.ofMillis(900));

        assertThat(keys.trouble()).isEqualTo(first);
    }

    /** A call comes every millisecond. */
    private void refusedFor(Duration time) {
        for (long i = 0; i < time.toMillis(); i++) {
            assertThatThrownBy(() -> keys.forWriting(LABEL)).isInstanceOf(StorageException.class);
            nanos += Duration.ofMillis(1).toNanos();
        }
    }
}
