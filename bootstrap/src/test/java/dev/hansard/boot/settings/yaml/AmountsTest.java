// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @Property(tries = 300)
    void printsADurationSoThatItReadsTheSame(@ForAll @LongRange(min = 1, max = 3_000_000_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Amounts.duration(Amounts.print(duration))).isEqualTo(duration);
    }

    @Property(tries = 300)
    void printsASizeSoThatItReadsTheSame(@ForAll @LongRange(min = 0, max = 999_999_999_999L) long bytes) {
        assertThat(Amounts.bytes(Amounts.print(bytes), 0, Long.MAX_VALUE)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "0s", "-1s", "1.5s", "1 s", "1S", "1w", "999999999999d", "99999999999999999999s", "١s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Amounts.duration(text)).isInstanceOf(MisfitException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5MiB", "1KB", "1k", "999999999999TiB", "99999999999999999999"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Amounts.bytes(text, 0, Long.MAX_VALUE)).isInstanceOf(MisfitException.class);
    }
}
