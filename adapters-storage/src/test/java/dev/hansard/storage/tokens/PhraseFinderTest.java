// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.search.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.junit.jupiter.api.Test;

class PhraseFinderTest {
    private static boolean find(PhraseFinder finder, String text) {
        for (int i = 0; i < text.length(); i++) {
            finder.take(text.charAt(i));
        }
        finder.end();
        return finder.wasFound();
    }

    private static TokenFilter filterOf(String text) {
        var set = new TokenSet(10_000);
        new TextFeed(new TokenHasher(set))
                .text(
                        TextFormat.PLAIN,
                        text.getBytes(StandardCharsets.UTF_8),
                        0,
                        text.getBytes(StandardCharsets.UTF_8).length);
        return TokenFilter.of(set);
    }

    @Property(tries = 5_000)
    void findsWhatThePhraseSaysIsThere(@ForAll("phrases") String phrase, @ForAll("texts") String text) {
        var its = new Phrase(phrase);

        assertThat(find(new PhraseFinder(its), text)).isEqualTo(its.isIn(text));
    }

    /** Or the index would hide sessions. */
    @Property(tries = 5_000)
    void hasItsWordsInTheFilterOfEachTextThatHasIt(
            @ForAll("phrases") String phrase, @ForAll("texts") String before, @ForAll("texts") String after) {
        var its = new Phrase(phrase);
        String text = before + phrase.toUpperCase(Locale.ROOT) + after;

        boolean ruledOut = !filterOf(text).mayHoldAll(TokenHasher.hashes(its));

        assertThat(ruledOut && its.isIn(text)).isFalse();
    }

    @Provide
    Arbitrary<String> phrases() {
        return letters()
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(text -> text.chars().anyMatch(c -> Phrase.isWord((char) c)));
    }

    @Provide
    Arbitrary<String> texts() {
        return letters().ofMaxLength(40);
    }

    private static StringArbitrary letters() {
        return Arbitraries.strings().withChars("aAbB_1 -\u00df\u0345\u03b9\u017f\u0130");
    }

    @Test
    void cutsWordsThatAreLongInTheSameWay() {
        String word = "x".repeat(TokenHasher.MAX_TOKEN);
        String text = "a " + word + "123 b";

        assertThat(filterOf(text).mayHoldAll(TokenHasher.hashes(new Phrase(word + "123"))))
                .isTrue();
        assertThat(find(new PhraseFinder(new Phrase(word + "123")), text)).isTrue();
        assertThat(find(new PhraseFinder(new Phrase(word)), text)).isFalse();
    }

    @Test
    void doesNotFindWhatLiesInTwoTexts() {
        var finder = new PhraseFinder(new Phrase("one two"));
        "one ".chars().forEach(c -> finder.take((char) c));
        finder.end();
        "two".chars().forEach(c -> finder.take((char) c));
        finder.end();

        assertThat(finder.wasFound()).isFalse();
        assertThat(find(finder, "one two")).isTrue();
        assertThat(finder.wasFound()).isFalse();
    }
}
