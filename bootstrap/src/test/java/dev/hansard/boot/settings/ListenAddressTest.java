// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1,true",
        "127.9.9.9:1,true",
        "localhost:1,true",
        "LocalHost:1,true",
        "[::1]:1,true",
        "0.0.0.0:1,false",
        "[::]:1,false",
        "10.0.0.1:1,false",
        "example.com:1,false",
        "localhost.example.com:1,false",
        "[::ffff:127.0.0.1]:1,true"
    })
    void knowsWhatOnlyThisMachineCanReach(String text, boolean loopback) {
        assertThat(ListenAddress.parse(text).isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1,127.0.0.1:1,true",
        "0.0.0.0:1,127.0.0.1:1,true",
        "[::]:1,10.0.0.1:1,true",
        "10.0.0.1:1,10.0.0.2:1,false",
        "localhost:1,localhost:2,false",
        "localhost:0,localhost:0,false"
    })
    void knowsWhichAddressesClash(String left, String right, boolean clash) {
        assertThat(ListenAddress.parse(left).clashesWith(ListenAddress.parse(right)))
                .isEqualTo(clash);
        assertThat(ListenAddress.parse(right).clashesWith(ListenAddress.parse(left)))
                .isEqualTo(clash);
    }

    @Test
    void printsAsItIsWritten() {
        assertThat(ListenAddress.parse("[::1]:8080")).hasToString("[::1]:8080");
        assertThat(ListenAddress.parse("localhost:0")).hasToString("localhost:0");
    }
}
