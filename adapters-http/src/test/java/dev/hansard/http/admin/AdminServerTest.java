// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "[::]"})
    void refusesAnAddressThatOthersReach(String host) {
        AdminSettings settings = AdminSettings.of(host.replace("[", "").replace("]", ""), 9000);

        assertThatThrownBy(() -> RunningAdmin.start(settings))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + host + ":9000'")
                .hasMessageContaining("use 127.0.0.1:9000");
    }

    @Test
    void saysThatItIsOpen() {
        try (var log = CapturedLog.start();
                var admin = RunningAdmin.start()) {
            assertThat(log.messages())
                    .contains("Admin API on http://127.0.0.1:" + admin.port()
                            + ": admin.identity is not set, so it is open to everyone on this machine");
        }
    }

    @Test
    void saysThatItsPortIsTaken() {
        try (var admin = RunningAdmin.start()) {
            AdminSettings same = AdminSettings.of("127.0.0.1", admin.port());

            assertThatThrownBy(() -> RunningAdmin.start(same))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + admin.port() + " cannot be bound");
        }
    }

    @Test
    void servesTheOtherLoopbackAddress() throws IOException, InterruptedException {
        try (var admin = RunningAdmin.start(AdminSettings.of("localhost", 0))) {
            assertThat(admin.port()).isPositive();
        }
    }

    @Test
    void canBeStoppedTwice() {
        var admin = RunningAdmin.start();

        admin.stop();

        admin.close();
    }

    @Test
    void refusesLimitsThatStopEverything() {
        assertThatThrownBy(() -> new AdminSettings(
                        "::1", 0, 0, 1, 1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("admin.tail-limit must be positive, but is 0");
        assertThatThrownBy(() -> AdminSettings.of("::1", 70_000)).hasMessageContaining("0 to 65535");
    }
}
