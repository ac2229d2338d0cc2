// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Scans.hits;
import static dev.hansard.core.masking.detect.Scans.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hansard.core.masking.detect.Scans.Hit;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner.Hits;
import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
    private static final String CARD = "4111111111111111";
    private static final String KEY = "AKIA" + "IOSFODNN7EXAMPLE";

    private final JdkPatterns patterns = new JdkPatterns();

    private Detectors of(MaskRule... rules) {
        return Detectors.of(List.of(rules), patterns);
    }

    private static MaskRule regex(String name, String regex, String anchor) {
        return rule(name, new UserPattern(regex, anchor));
    }

    @Test
    void hasTheNamesOfTheConfiguration() {
        assertThat(Detectors.NAMES)
                .containsExactly(
                        "card", "jwt", "bearer", "basic", "email", "iban", "ssn", "aws", "github", "slack", "stripe",
                        "google", "pem");
    }

    @Test
    void runsOnlyWhatARuleNames() {
        List<Hit> hits = hits(of(rule("pan", "card")), CARD + " jane@example.com");

        assertThat(hits).containsExactly(new Hit(0, 16, "pan", CARD));
    }

    @Test
    void findsCredentialsWithoutARule() {
        List<Hit> hits = hits(Detectors.credentials(), CARD + " Bearer abc12345 " + KEY);

        assertThat(hits)
                .containsExactly(new Hit(24, 32, "always:bearer", "abc12345"), new Hit(33, 53, "always:aws", KEY));
    }

    @Test
    void leavesHowCredentialsAreMaskedToTheRuleThatNamesThem() {
        List<Hit> hits = hits(of(rule("keys", "aws")), KEY);

        assertThat(hits).extracting(Hit::rule).containsExactly("keys");
    }

    @Test
    void givesADetectorToTheFirstRuleThatNamesIt() {
        List<Hit> hits = hits(of(rule("first", "card", "ssn"), rule("second", "email", "card")), CARD + " a@b.de");

        assertThat(hits).extracting(Hit::rule).containsExactly("first", "second");
    }

    @Test
    void prefersTheEarlierStartThenTheLongerThenTheFirstRule() {
        var detectors = of(
                regex("longer", "bcd", ""),
                regex("short", "bc", ""),
                regex("same", "bcd|xy", ""),
                regex("early", "ab", ""),
                regex("later", "xy", ""));

        List<Hit> hits = hits(detectors, "abcde bcde xy");

        assertThat(hits)
                .containsExactly(
                        new Hit(0, 2, "early", "ab"),
                        new Hit(2, 4, "longer", "cd"),
                        new Hit(6, 9, "longer", "bcd"),
                        new Hit(11, 13, "same", "xy"));
    }

    @Test
    void hidesWhatSticksOutOfAnEarlierHit() {
        List<Hit> hits = hits(of(regex("start", "^.{4}", ""), rule("pan", "card")), "PAN" + CARD);

        assertThat(hits).extracting(Hit::text).containsExactly("PAN4", CARD.substring(1));
    }

    @Test
    void hidesACredentialInAnAddressWithIt() {
        String text = "https://x:" + KEY + "@example.com";

        List<Hit> hits = hits(of(rule("mail", "email")), text);

        assertThat(hits).extracting(Hit::text).containsExactly(KEY + "@example.com");
    }

    @Test
    void mergesMatchesAndDetectorsInTheOrderOfTheText() {
        List<Hit> hits = hits(
                of(regex("order", "ord_\\d+", "ord_"), rule("pan", "card")),
                "ord_1 " + CARD + " ord_2 " + "x".repeat(500) + CARD.replace('4', '5') + " ord_3\n" + CARD);

        assertThat(hits).extracting(Hit::text).containsExactly("ord_1", CARD, "ord_2", "ord_3", CARD);
    }

    @Test
    void runsAPatternOnlyOverLinesWithItsAnchor() {
        List<Hit> hits = hits(of(regex("ids", "\\d+-\\d+", "-")), "1 2\n3-4 5-6\n\n7\n8-9");

        assertThat(hits).extracting(Hit::text).containsExactly("3-4", "5-6", "8-9");
        assertThat(patterns.parts).containsExactly("3-4 5-6", "8-9");
    }

    @Test
    void runsAPatternOnlyNearItsAnchorInALongLine() {
        String far = "x".repeat(5 * PatternRule.MAX_MATCH);

        List<Hit> hits = hits(of(regex("ids", "\\d+-\\d+", "-")), far + "1-2" + far + "3-4" + far);

        assertThat(hits).extracting(Hit::text).containsExactly("1-2", "3-4");
        assertThat(patterns.parts).extracting(String::length).containsOnly(2 * PatternRule.MAX_MATCH + 1);
    }

    @Test
    void readsWhatLiesBetweenTwoAnchorsOnce() {
        String line = "-" + "x".repeat(PatternRule.MAX_MATCH / 2);

        hits(of(regex("ids", "\\d+-\\d+", "-")), line.repeat(10));

        assertThat(patterns.parts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "\uD83D\uDE00"})
    void findsWhatLiesAcrossTwoBlocks(String filler) {
        String value = "1".repeat(PatternRule.MAX_MATCH / 2) + "-2";
        String text = filler.repeat(PatternRule.BLOCK - 100) + value + filler.repeat(2 * PatternRule.BLOCK);

        List<Hit> hits = hits(of(regex("ids", "\\d+-\\d+", "")), text);

        assertThat(hits).extracting(Hit::text).containsExactly(value);
        assertThat(patterns.parts)
                .hasSizeGreaterThan(2)
                .allSatisfy(part -> assertThat(part.length())
                        .isLessThanOrEqualTo(PatternRule.BLOCK + 2 * PatternRule.MAX_MATCH + 3))
                .allSatisfy(part -> assertThat((part.charAt(0) & 0xC0) == 0x80).isFalse());
    }

    @Test
    void canBeStoppedBetweenTwoBlocks() {
        var stopped = new IllegalStateException("stopped");
        var asked = new AtomicInteger();
        byte[] text = new byte[8 << 20];
        Detectors detectors = of(regex("ids", "\\d+-\\d+", ""));

        Throwable failure = catchThrowable(() -> detectors.scan(text, 0, text.length, new Hits() {
            @Override
            public void hit(int from, int to, Treatment treatment) {}

            @Override
            public void work(int bytes) {
                if (asked.incrementAndGet() == 3) {
                    throw stopped;
                }
            }
        }));

        assertThat(failure).isSameAs(stopped);
        assertThat(patterns.parts).hasSize(2);
    }

    @Test
    void doesNotCutCharactersWhereItCutsALine() {
        String text = "é".repeat(PatternRule.MAX_MATCH) + "a" + "é".repeat(PatternRule.MAX_MATCH);

        hits(of(regex("a", "a", "a")), text);
        hits(of(regex("a", "a", "a")), "x" + text);

        assertThat(patterns.parts)
                .hasSize(2)
                .allSatisfy(part -> assertThat(part).startsWith("Ã").endsWith("©"));
    }

    @Test
    void refusesADetectorThatDoesNotExist() {
        assertThatThrownBy(() -> of(rule("pan", "crad")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("rule 'pan': 'crad' is not a detector; did you mean 'card'?");
    }

    @Test
    void refusesAPatternThatDoesNotCompile() {
        assertThatThrownBy(() -> of(regex("ids", "a(b", "")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("rule 'ids': regex, character ");
    }
}
