// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "listners,listeners",
        "LISTENERS,listeners",
        "adress,address",
        "body_bytes,body-bytes",
        "sevrices,services"
    })
    void findsTheWordThatWasMeant(String written, String meant) {
        List<String> known = List.of("listeners", "address", "body-bytes", "services");

        assertThat(Words.closest(written, known)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "nothing-alike", "''"})
    void doesNotGuessWild(String written) {
        assertThat(Words.closest(written, List.of("listeners", "address"))).isEmpty();
    }

    @Property(tries = 200)
    void distanceIsSymmetricAndZeroOnlyForEqualWords(
            @ForAll @AlphaChars @StringLength(max = 8) String left,
            @ForAll @AlphaChars @StringLength(max = 8) String right) {
        int distance = Words.distance(left, right, 10);

        assertThat(distance).isEqualTo(Words.distance(right, left, 10));
        assertThat(distance == 0).isEqualTo(left.equals(right));
    }
}
