// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
    @ParameterizedTest
    @CsvSource({
        // 2026-07-01 is a Wednesday; Berlin is two hours ahead in summer and one in winter.
        "22:00-05:00 Europe/Berlin, 2026-07-01T19:59:59Z, false",
        "22:00-05:00 Europe/Berlin, 2026-07-01T20:00:00Z, true",
        "22:00-05:00 Europe/Berlin, 2026-07-02T02:59:59Z, true",
        "22:00-05:00 Europe/Berlin, 2026-07-02T03:00:00Z, false",
        "22:00-05:00 Europe/Berlin, 2026-01-01T20:59:59Z, false",
        "22:00-05:00 Europe/Berlin, 2026-01-01T21:00:00Z, true",
        "mon-fri 08:00-18:00 UTC, 2026-07-03T17:59:59Z, true",
        "mon-fri 08:00-18:00 UTC, 2026-07-04T12:00:00Z, false",
        "sat-mon 08:00-18:00 UTC, 2026-07-06T12:00:00Z, true",
        "sat-mon 08:00-18:00 UTC, 2026-07-07T12:00:00Z, false",
        // What goes on past midnight belongs to the day on which it began.
        "fri 22:00-05:00 UTC, 2026-07-04T04:59:00Z, true",
        "fri 22:00-05:00 UTC, 2026-07-03T04:59:00Z, false",
        "00:00-24:00 UTC, 2026-07-03T04:59:00Z, true",
        "09:00-24:00 UTC, 2026-07-03T23:59:59Z, true",
        "09:00-24:00 UTC, 2026-07-03T08:59:59Z, false",
        "22:00-05:00 UTC, 1969-12-31T23:00:00Z, true"
    })
    void isOpenByTheClocksOfItsZone(String window, Instant at, boolean open) {
        assertThat(TimeWindow.parse(window).contains(at)).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22:00-05:00",
                "22-05 UTC",
                "22:00-05:00 Europe/Berlim",
                "25:00-05:00 UTC",
                "22:60-05:00 UTC",
                "mom-fri 08:00-18:00 UTC",
                "08:00-24:01 UTC"
            })
    void refusesWhatIsNoWindow(String text) {
        assertThatThrownBy(() -> TimeWindow.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
