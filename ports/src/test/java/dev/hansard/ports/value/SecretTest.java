// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void printsNothingOfItsValue() {
        var secret = Secret.of("hunter2");

        assertThat(secret.toString())
                .doesNotContain("hunter2")
                .isEqualTo(Secret.of("other").toString());
        assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
    }

    @Test
    void isEqualByValue() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    }
}
