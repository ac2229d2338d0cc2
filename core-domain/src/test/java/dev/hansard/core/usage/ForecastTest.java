// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int A_DAY = 100;

    /** A hundred bytes on each of the last days, today's half among them. */
    private static Stock stock(@Nullable Duration keep, int days) {
        var owner = new Stock.Owner(new ServiceName("a"), RetentionClass.DEFAULT);
        var stock = new Stock(owner, keep, NOON);
        for (int ago = days; ago >= 0; ago--) {
            Instant hour = NOON.minus(DAY.multipliedBy(ago));
            var segment = new Segment("a/default/" + ago, owner.service(), owner.retention(), hour);
            stock.add(segment, new Segments.Size(ago == 0 ? A_DAY / 2 : A_DAY, 10));
        }
        return stock;
    }

    @Test
    void takesTheRateOfWholeDaysOnly() {
        Stock stock = stock(DAY.multipliedBy(30), 5);

        assertThat(stock.wholeDays()).isEqualTo(4);
        assertThat(stock.perDay()).isEqualTo(A_DAY);
    }

    @Test
    void takesTheLastSevenDaysAtMost() {
        assertThat(stock(null, 40).wholeDays()).isEqualTo(Stock.WINDOW_DAYS);
    }

    @Test
    void tellsNothingOfOneWholeDay() {
        Stock stock = stock(null, 2);

        assertThat(stock.wholeDays()).isEqualTo(1);
        assertThat(Forecast.fullAt(List.of(stock), 0, 1_000, NOON)).isNull();
    }

    @Test
    void saysTheDayOnWhichALimitIsReached() {
        // 450 bytes are there; in six days it is 1050.
        Instant full = Forecast.fullAt(List.of(stock(null, 4)), 0, 1_000, NOON);

        assertThat(full).isEqualTo("2026-11-29T00:00:00Z");
    }

    @Test
    void knowsThatWhatIsOldGoes() {
        // Ten days are kept, so it never comes to much more than a thousand.
        Stock steady = stock(DAY.multipliedBy(10), 10);

        assertThat(Forecast.fullAt(List.of(steady), 0, 1_200, NOON)).isNull();
        assertThat(Forecast.fullAt(List.of(steady), 0, 1_050, NOON)).isEqualTo(NOON);
        assertThat(steady.item().expectedBytes()).isEqualTo(1_000);
    }

    @Test
    void countsWhatWaitsInTheSpool() {
        assertThat(Forecast.fullAt(List.of(stock(null, 4)), 600, 1_000, NOON)).isEqualTo(NOON);
    }

    @Test
    void isNotMisledByDaysOfWhichSomeHasGone() {
        // A class of two days never has more than one whole day.
        assertThat(stock(DAY.multipliedBy(2), 2).wholeDays()).isEqualTo(1);
        assertThat(stock(Duration.ofHours(1), 0).wholeDays()).isZero();
    }

    @Property(tries = 200)
    void neverGrowsBeyondWhatItsClassKeeps(
            @ForAll @IntRange(min = 1, max = 60) int keep,
            @ForAll @IntRange(max = 60) int days,
            @ForAll @IntRange(min = 0, max = 365) int ahead) {
        Stock stock = stock(DAY.multipliedBy(keep), Math.min(days, keep));

        assertThat(stock.inDays(ahead)).isLessThanOrEqualTo((keep + 2.0) * A_DAY);
        assertThat(stock.inDays(0)).isLessThanOrEqualTo((double) stock.bytes());
    }
}
