// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "17 3 * * *, 2026-11-23T03:16:59Z, 2026-11-23T03:17:00Z",
        "17 3 * * *, 2026-11-23T03:17:00Z, 2026-11-24T03:17:00Z",
        "*/15 * * * *, 2026-12-31T23:50:01Z, 2027-01-01T00:00:00Z",
        "0 0 29 2 *, 2026-01-01T00:00:00Z, 2028-02-29T00:00:00Z",
        "30 6-8 * * 1-5, 2026-11-20T08:30:00Z, 2026-11-23T06:30:00Z",
        "0 12 * * 7, 2026-11-23T00:00:00Z, 2026-11-29T12:00:00Z",
        "0 0 13 * 5, 2026-11-23T00:00:00Z, 2026-11-27T00:00:00Z",
    })
    void comesAtItsTime(String text, Instant after, Instant next) {
        assertThat(Schedule.parse(text).next(after)).isEqualTo(next);
    }

    @Test
    void comesSeveralTimesWhereAFieldIsAList() {
        Schedule schedule = Schedule.parse("5,35 * * * *");

        Instant first = schedule.next(Instant.parse("2026-11-23T12:00:00Z"));
        Instant second = schedule.next(first);

        assertThat(first).isEqualTo("2026-11-23T12:05:00Z");
        assertThat(second).isEqualTo("2026-11-23T12:35:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "60 3 * * *",
                "1 2 3 4",
                "1 2 3 4 5 6",
                "a * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "1/2/3 * * * *",
                "0 0 31 2 *",
                "* * 0 * *"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must look like '17 3 * * *'");
    }
}
