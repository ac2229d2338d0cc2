// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Scans.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.detect.SelectorCheck.Problem;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorCheckTest {
    private final SelectorCheck check = new SelectorCheck(new JdkPatterns());

    private List<Problem> problems(String regex, String anchor) {
        return check.problems(rule("ids", new UserPattern(regex, anchor)));
    }

    @Test
    void hasNothingToSayAboutWhatIsRight() {
        assertThat(check.problems(rule("all", Detectors.NAMES.toArray(String[]::new))))
                .isEmpty();
        assertThat(problems("\\d{3}\\.x", ".x")).isEmpty();
    }

    @Test
    void guessesWhichDetectorWasMeant() {
        List<Problem> problems = check.problems(rule("pii", "card", "e-mail", "passport"));

        assertThat(problems)
                .containsExactly(
                        new Problem("pii", "detect", 1, false, "'e-mail' is not a detector", "did you mean 'email'?"),
                        new Problem(
                                "pii",
                                "detect",
                                2,
                                false,
                                "'passport' is not a detector",
                                "the detectors are card, jwt, bearer, basic, email, iban, ssn, aws, github, slack, "
                                        + "stripe, google, pem"));
    }

    @Test
    void saysWhereAPatternIsWrong() {
        List<Problem> problems = problems("ab[", "ab");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("regex");
            assertThat(problem.index()).isEqualTo(2);
            assertThat(problem.isWarning()).isFalse();
        });
    }

    @Test
    void warnsOfAPatternWithoutAnAnchor() {
        assertThat(problems("\\d+", ""))
                .containsExactly(new Problem(
                        "ids",
                        "regex",
                        0,
                        true,
                        "the regex is run over every value, which is slow",
                        "give a text that each match holds as 'anchor'"));
    }

    @Test
    void warnsOfAnAnchorThatThePatternDoesNotHold() {
        assertThat(problems("\\d+", "-")).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("anchor");
            assertThat(problem.isWarning()).isTrue();
        });
    }

    @Test
    void refusesAnAnchorOfManyLinesOrOfTooManyCharacters() {
        for (String anchor : List.of("a\nb", "a".repeat(SelectorCheck.MAX_ANCHOR + 1))) {
            assertThat(problems(anchor, anchor))
                    .extracting(Problem::message)
                    .containsExactly("the anchor must be one line of at most 100 characters");
        }
    }
}
