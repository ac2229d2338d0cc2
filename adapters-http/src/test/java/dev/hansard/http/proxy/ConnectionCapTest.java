// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionCapTest {
    private static final String ONE = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final ConnectionCap cap = new ConnectionCap(3, 2);

    @Test
    void refusesMoreFromOneSourceAndStillTakesAnother() {
        cap.enter(ONE);
        cap.enter(ONE);

        assertThat(cap.enter(ONE)).isFalse();
        assertThat(cap.enter(OTHER)).isTrue();
        assertThat(cap.open()).isEqualTo(3);
    }

    @Test
    void refusesMoreInAllWhereverTheyComeFrom() {
        cap.enter(ONE);
        cap.enter(ONE);
        cap.enter(OTHER);

        assertThat(cap.enter(OTHER)).isFalse();
        assertThat(cap.enter("192.0.2.3")).isFalse();
        assertThat(cap.open()).isEqualTo(3);
    }

    @Test
    void losesNoPlaceByRefusing() {
        cap.enter(ONE);
        cap.enter(ONE);
        for (int i = 0; i < 10; i++) {
            cap.enter(ONE);
        }
        cap.leave(ONE);

        assertThat(cap.enter(ONE)).isTrue();
        assertThat(cap.enter(OTHER)).isTrue();
        assertThat(cap.open()).isEqualTo(3);
    }
}
