// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/orders/*, /v1/orders/42, true",
        "/v1/orders/*, /v1/orders/, true",
        "/v1/orders/*, /v1/orders/42/items, false",
        "/v1/orders/**, /v1/orders/42/items, true",
        "/**/items, /v1/orders/items, true",
        "/*/items, /v1/orders/items, false",
        "/a*c, /abbc, true",
        "/a*c, /abbcd, false",
        "/a, /a, true",
        "/a, /ab, false",
        "**, /anything/at/all, true",
        "/a.c, /abc, false",
    })
    void matchesWholePaths(String glob, String path, boolean expected) {
        assertThat(new PathPattern(glob).matches(path)).isEqualTo(expected);
    }

    @Test
    void endsOnManyStars() {
        var pattern = new PathPattern("/" + "*a".repeat(200) + "b");

        assertThat(pattern.matches("/" + "a".repeat(5_000))).isFalse();
    }

    @Test
    void refusesAnEmptyPattern() {
        assertThatThrownBy(() -> new PathPattern("")).isInstanceOf(InvalidValueException.class);
    }
}
