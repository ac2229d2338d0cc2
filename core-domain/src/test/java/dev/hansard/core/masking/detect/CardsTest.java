// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CardsTest {
    static Stream<String> cards() {
        return Marked.lines("""
                «4111111111111111»
                «4222222222222»
                «5555555555554444», «2223003122003222»
                «378282246310005»
                «6011111111111117»
                «3530111333300000»
                «30569309025904» and «38520000023237»
                «6200000000000005»
                «6759649826438453»
                «4000000000000000006»
                card «4111 1111 1111 1111».
                «4111-1111-1111-1111»;«4111.1111.1111.1111»
                «4111[nbsp]1111[nbsp]1111[nbsp]1111»
                «3782 822463 10005»
                «3056 930902 5904»
                «4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1»
                «41 11 11 11 11 11 11 11»
                «4111 1111-1111 1111»
                no 12 «4111 1111 1111 1111» 08/29
                77 «4111111111111111»
                «4111 1111 1111 1111» 123
                PAN«4111111111111111»x
                card_«4111111111111111»_old
                %B«4111111111111111»^DOE/JANE^2912
                ;«4111111111111111»=29121010000000000000?
                «4111111111111111»D29121010000000000000
                «4111111111111111»29121010000000000000
                «378282246310005»2912101
                0000«4111111111111111»
                16«4111111111111111»000000000000001000
                999916«4111111111111111»1
                (-«4111111111111111»)
                """);
    }

    static Stream<String> others() {
        return Marked.lines("""
                4111111111111112
                4111 1111 1111 1112
                411111111111
                9111111111111111
                1764000000000000000
                1639999115501607206
                6457 1842665094926
                36143194 2022-02
                1764000000123
                20261123045210123
                0.4111111111111111
                1.4111111111111111
                +4111111111111111
                abc4111111111111111
                4111111111111111ef
                de4111111111111111ad
                5411111111111111115
                411111111111111174111111111111117
                41 1111 1111 1111 11
                4 111111111111111
                4111  1111  1111  1111
                4111,1111,1111,1111
                2026-11-23 04:52:10.123
                550e8400-e29b-41d4-a716-446655440000
                4111111111111111e5
                41111111.11111111
                """);
    }

    @ParameterizedTest
    @MethodSource({"cards", "others"})
    void findsCardsAndNothingElse(String line) {
        Marked.check("card", line);
    }

    @ParameterizedTest
    @CsvSource({
        "222099, 16, false", "222100, 16, true", "272099, 16, true", "272100, 16, false", "510000, 16, true",
        "560000, 16, false", "340000, 15, true", "350000, 15, false", "352799, 16, false", "352800, 16, true",
        "358999, 19, true", "359000, 16, false", "400000, 13, true", "400000, 14, false", "400000, 19, true",
        "601100, 16, true", "601200, 16, false", "643999, 16, false", "644000, 16, true", "659999, 16, true",
        "620000, 15, false", "620000, 19, true", "501800, 13, true", "501900, 16, false", "676300, 19, true",
        "300000, 14, true", "306000, 14, false", "309500, 14, true", "360000, 14, true", "360000, 13, false"
    })
    void knowsWhoIssuesWhat(int issuer, int length, boolean issued) {
        boolean isIssued = Cards.isIssued(issuer, length);

        assertThat(isIssued).isEqualTo(issued);
    }
}
