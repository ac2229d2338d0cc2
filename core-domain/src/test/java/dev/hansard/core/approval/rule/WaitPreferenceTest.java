// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPreferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "respond-async | 0",
                "Respond-Async;x=1 | 0",
                "return=minimal, respond-async | 0",
                "respond-asynchronously | 60",
                "wait=10 | 10",
                "wait = \"10\"; a=b | 10",
                "wait=100 | 60",
                "wait=x | 60",
                "wait=-1 | 60",
                "wait=99999999999999 | 60",
                "return=minimal | 60",
                ", ,;= | 60"
            })
    void readsWhatTheCallerPrefers(String value, long seconds) {
        WaitPreference preference =
                WaitPreference.of(List.of(new Field("X", "respond-async"), new Field("PREFER", value)));

        assertThat(preference.hold(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(seconds));
    }
}
