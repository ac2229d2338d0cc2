// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ByteRangeTest {
    @Property
    void neverReachesOutsideOfTheContent(
            @ForAll @LongRange(min = 0, max = 200) long first,
            @ForAll @LongRange(min = 0, max = 200) long last,
            @ForAll @LongRange(min = 0, max = 100) long length) {
        checkWithin(ByteRange.of("bytes=" + first + "-" + last, length), length);
        checkWithin(ByteRange.of("bytes=" + first + "-", length), length);
        checkWithin(ByteRange.of("bytes=-" + last, length), length);
    }

    @Property
    void givesExactlyWhatWasAskedFor(
            @ForAll @LongRange(min = 0, max = 99) long first, @ForAll @LongRange(min = 0, max = 99) long last) {
        ByteRange expected = last < first ? new ByteRange.Whole(100) : new ByteRange.Part(first, last - first + 1);

        assertThat(ByteRange.of("bytes=" + first + "-" + last, 100)).isEqualTo(expected);
    }

    @FuzzTest(maxDuration = "5s")
    void takesAnyField(FuzzedDataProvider data) {
        long length = data.consumeLong(0, Long.MAX_VALUE);

        checkWithin(ByteRange.of(data.consumeRemainingAsString(), length), length);
    }

    private static void checkWithin(ByteRange range, long length) {
        switch (range) {
            case ByteRange.Whole(long all) -> assertThat(all).isEqualTo(length);
            case ByteRange.Part(long first, long count) -> {
                assertThat(count).isPositive();
                assertThat(first).isBetween(0L, length - count);
            }
            case ByteRange.Unsatisfiable() -> assertThat(length).isNotNegative();
        }
    }
}
