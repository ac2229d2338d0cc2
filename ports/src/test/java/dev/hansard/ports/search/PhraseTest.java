// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import org.junit.jupiter.api.Test;

class PhraseTest {
    @Test
    void isWhereItsWordsAreWholeAndInWhateverCase() {
        assertThat(new Phrase("ord_12").isIn("{\"id\":\"ORD_12\"}")).isTrue();
        assertThat(new Phrase("ord_12").isIn("ord_123 ord_1")).isFalse();
        assertThat(new Phrase("12").isIn("ord_12")).isFalse();
        assertThat(new Phrase("4A1f").isIn("9c-4a1F-2b")).isTrue();
        assertThat(new Phrase("\"id\":").isIn("{\"id\":7}")).isTrue();
        assertThat(new Phrase("stra\u00dfe 5").isIn("Hauptstra\u00dfe 5, Stra\u00dfe 5"))
                .isTrue();
    }

    @Test
    void refusesWhatHasNoWord() {
        assertThatThrownBy(() -> new Phrase("*** {}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("no letter and no digit");
        assertThatThrownBy(() -> new Phrase("")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Phrase("x".repeat(Phrase.MAX_LENGTH + 1)))
                .isInstanceOf(InvalidValueException.class);
    }

    /** Or a phrase could be in a text that has none of its words. */
    @Test
    void foldsWordsToWordsAndLeavesTheRest() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            char folded = Phrase.fold((char) c);

            assertThat(Phrase.isWord(folded)).as("%04x", c).isEqualTo(Phrase.isWord((char) c));
            assertThat(Phrase.fold(folded)).as("%04x", c).isEqualTo(folded);
        }
    }
}
