// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansard.ports.value.InvalidValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "63, 32, 200, 4, 0, 16",
        "197, 32, 200, 4, 0, 16",
        "64, 0, 200, 4, 0, 16",
        "64, 32, 200, 0, 0, 16",
        "64, 32, 200, 4, -1, 16",
        "64, 32, 200, 4, 0, 1"
    })
    void refusesLimitsThatNoMessageCouldKeep(int line, int field, int head, int count, int extension, int trailers) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new WireLimits(line, field, head, count, extension, trailers));
    }
}
