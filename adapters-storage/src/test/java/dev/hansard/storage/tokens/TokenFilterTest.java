// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.search.Phrase;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class TokenFilterTest {
    private static final int ABSENT = 100_000;
    private static final double MOST_FALSE = 0.003;

    private static long hash(String word) {
        return TokenHasher.hashes(new Phrase(word))[0];
    }

    @Property(tries = 200)
    void mayHoldWhatItIsMadeOf(@ForAll @UniqueElements @Size(max = 500) List<Long> hashes) {
        var set = new TokenSet(1000);
        hashes.forEach(set::add);

        TokenFilter filter = TokenFilter.of(TokenFilter.of(set).bits());

        assertThat(hashes).allMatch(filter::mayHold);
    }

    @Test
    void isSeldomWrongAboutWordsThatAreNotThere() {
        for (int size : new int[] {50, 1_000, 60_000}) {
            var set = new TokenSet(size);
            for (int i = 0; i < size; i++) {
                set.add(hash("ord_" + i));
            }
            TokenFilter filter = TokenFilter.of(set);

            int wrong = 0;
            for (int i = 0; i < ABSENT; i++) {
                wrong += filter.mayHold(hash("cus_" + i)) ? 1 : 0;
            }

            assertThat(wrong / (double) ABSENT).as("of %d words", size).isLessThan(MOST_FALSE);
        }
    }

    @Test
    void holdsNothingWithoutABit() {
        TokenFilter filter = TokenFilter.of(new TokenSet(10));

        assertThat(filter.mayHold(hash("anything"))).isFalse();
        assertThat(filter.mayHoldAll(new long[0])).isTrue();
    }

    @Test
    void tellsTooManyWords() {
        var set = new TokenSet(3);
        for (int i = 1; i <= 3; i++) {
            set.add(i);
            set.add(i);
        }
        assertThat(set.isOverflown()).isFalse();

        set.add(4);

        assertThat(set.isOverflown()).isTrue();
        assertThat(set.size()).isEqualTo(3);
        set.clear();
        assertThat(set.isOverflown()).isFalse();
        assertThat(set.toArray()).isEmpty();
    }

    /** Whoever chooses words of which all hashes end alike makes no search and no sealing slow. */
    @Test
    void givesUpOnWordsThatAllFallOnOnePlace() {
        var set = new TokenSet(32 * 1024);
        for (long i = 1; i < 32 * 1024; i++) {
            set.add(i << 24);
        }

        assertThat(set.isOverflown()).isTrue();
        assertThat(set.size()).isLessThan(300);
    }

    @Test
    void givesUpOnNoOrdinaryWords() {
        var set = new TokenSet(1 << 20);
        var random = new Random(1);
        for (int i = 0; i < 1 << 20; i++) {
            set.add(random.nextLong());
        }

        assertThat(set.isOverflown()).isFalse();
    }
}
