// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight times the text takes about eight times as long, whatever is in it; what is quadratic takes 64 times. */
class LinearTimeTest {
    private static final Detectors ALL = Scans.all();
    private static final int LENGTH = 16 << 10;
    private static final int TIMES = 8;
    private static final int RUNS = 15;

    static Stream<String> pieces() {
        return HostileText.PIECES.stream();
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void takesNoMoreThanItsLength(String piece) {
        byte[] text = HostileText.of(piece, LENGTH).getBytes(StandardCharsets.UTF_8);
        byte[] longer = HostileText.of(piece, TIMES * LENGTH).getBytes(StandardCharsets.UTF_8);

        nanos(longer); // So that both are measured on compiled code.
        long once = nanos(text);
        long more = nanos(longer);

        assertThat((double) more / once).isLessThan(4 * TIMES);
    }

    /** The best of some runs: others use this machine, too. */
    private static long nanos(byte[] text) {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            ALL.scan(text, 0, text.length, (_, _, _) -> {});
            best = Math.min(best, System.nanoTime() - start);
        }
        return Math.max(best, 1_000);
    }
}
