// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSelectorsTest {
    private static final MaskAction REDACT = new MaskAction.Redact();
    private static final MaskAction DROP = new MaskAction.Drop();

    private static MaskRule rule(String name, MaskAction action, String... selectors) {
        return MaskRule.of(name, action).json(Arrays.asList(selectors)).build();
    }

    private static List<SelectorProblem> problems(MaskRule... rules) {
        return switch (JsonSelectors.compile(List.of(rules))) {
            case SelectorCheck.Sound _ -> List.of();
            case SelectorCheck.Faulty(var problems) -> problems;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cvv",
                "user-name",
                "a b",
                "é",
                "*",
                "a.b",
                "/",
                "/a",
                "/a/*/b",
                "/a~0~1",
                "/*",
                "$",
                "$.a",
                "$.a_1.é",
                "$['a']",
                "$[\"a\"]",
                "$[ 'a' ]",
                "$['it\\'s']",
                "$['\\u0061\\\\']",
                "$[0]",
                "$[*]",
                "$.*",
                "$..a",
                "$..['a']",
                "$..[0]",
                "$..*",
                "$..[*]",
                "$.a[0]['b']..c.*"
            })
    void readsASelector(String selector) {
        assertThat(problems(rule("r", REDACT, selector))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | 1  | is empty",
                "/a~2         | 3  | has a ~ that is not ~0",
                "/a/b~        | 5  | has a ~ that is not ~0",
                "$a           | 2  | has 'a' where",
                "$.           | 3  | ends where",
                "$..          | 4  | ends where",
                "$.1          | 3  | has '1' where",
                "$.first-name | 8  | has a '-' in a name",
                "$['a         | 3  | has a quote that is never closed",
                "$['\\x']     | 4  | has an escape",
                "$[a]         | 3  | has 'a' where",
                "$[-1]        | 3  | counts from the end",
                "$[1:2]       | 4  | has ':' where",
                "$['a','b']   | 6  | has ',' where",
                "$.a[?(@.b)]  | 5  | has '?' where",
                "$[01]        | 3  | has the index 01",
                "$[9999999999]| 3  | has the index 9999999999",
                "$.a b        | 4  | has ' ' where",
                "$...a        | 4  | has '.' where",
                "$ .a         | 2  | has ' ' where",
            })
    void saysWhatIsWrongAndWhere(String selector, int column, String what) {
        List<SelectorProblem> problems = problems(rule("names", REDACT, "fine", selector));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().column()).isEqualTo(column);
        assertThat(problems.getFirst().selector()).isEqualTo(selector);
        assertThat(problems.getFirst().detail())
                .startsWith("rule 'names': json selector '" + selector + "' " + what)
                .endsWith("(column " + column + ")");
    }

    @Test
    void reportsAllThatIsWrong() {
        assertThat(problems(rule("a", REDACT, "$x", "b", "/~"), rule("c", DROP, "$[")))
                .extracting(SelectorProblem::rule)
                .containsExactly("a", "a", "c");
    }

    @Test
    void refusesMoreStepsThanContentsNest() {
        assertThat(problems(rule("a", REDACT, "/a".repeat(64)))).isEmpty();
        assertThat(problems(rule("a", REDACT, "/a".repeat(65)))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a       | a",
                "a       | A",
                "a       | $..a",
                "a       | $..['\uff21']",
                "a       | $.a",
                "a       | /b/a",
                "$..*    | a",
                "$       | a",
                "/a      | $.a",
                "/a      | /a/b",
                "/a      | $.a..b",
                "/a/*    | /a/b",
                "$.*     | $[3]",
                "$.*     | $..a",
                "$..a    | $..b..a",
                "$..a    | $..a.b",
                "/*/a    | $.b['a']",
                "/*/0    | $[*][0]",
                "$..*    | $[0]..[1]",
            })
    void reportsWhatCanNeverSelectAValue(String first, String second) {
        List<SelectorProblem> problems = problems(rule("one", DROP, first), rule("two", REDACT, second));

        assertThat(problems).extracting(SelectorProblem::rule).containsExactly("two");
        assertThat(problems.getFirst().detail())
                .contains("can never select a value, because '" + first + "' of rule 'one' (drop) already does");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a     | b",
                "$.a   | a",
                "$.a   | $..a",
                "/a/0  | $.a[*]",
                "$[0]  | /0",
                "$..[0]| $..*",
                "$.*.* | $.a",
                "/a/b  | /b/a",
            })
    void letsPassWhatCan(String first, String second) {
        assertThat(problems(rule("one", DROP, first), rule("two", REDACT, second)))
                .isEmpty();
    }

    @Test
    void letsPassTheSameSelectorWithTheSameAction() {
        assertThat(problems(rule("one", DROP, "a", "a"), rule("two", DROP, "$..a", "/b/a")))
                .isEmpty();
    }

    @Test
    void reportsAnEarlierSelectorThatAnotherSwallows() {
        List<SelectorProblem> problems = problems(rule("one", DROP, "/a/b"), rule("two", REDACT, "/a"));

        // What lies in a selected object is gone with it, so only a value beside it could still be selected.
        assertThat(problems).extracting(SelectorProblem::rule).containsExactly("one");
    }

    @Test
    void givesTheFirstOfTwoRulesAValueThatBothSelect() {
        byte[] name = "Password".getBytes(StandardCharsets.US_ASCII);
        JsonSelectors selectors = JsonSelectors.of(
                List.of(rule("path", DROP, "$.a.password"), rule("name", REDACT, "password", "$.b.*")));
        var walk = new SelectorWalk(selectors, 2);
        KnownName password = selectors.ascii(name, 0, name.length);
        walk.whole();
        walk.open();

        Treatment outside = walk.member(password);
        Treatment other = walk.member(null);
        walk.member(selectors.ascii(new byte[] {'a'}, 0, 1));
        walk.open();
        Treatment inside = walk.member(password);

        assertThat(outside).isEqualTo(new Treatment("name", REDACT));
        assertThat(other).isNull();
        assertThat(inside).isEqualTo(new Treatment("path", DROP));
    }

    @Test
    void takesRulesThatContradictOneAnotherWhenNotAskedToCheck() {
        assertThat(JsonSelectors.of(List.of(rule("one", DROP, "a"), rule("two", REDACT, "a")))
                        .isEmpty())
                .isFalse();
        assertThatThrownBy(() -> JsonSelectors.of(List.of(rule("one", DROP, "$["))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule 'one': json selector '$['");
    }

    @Test
    void checksManySelectorsInNoTime() {
        String[] many = IntStream.range(0, 300)
                .mapToObj(i -> "$..a" + i + "..b" + i + ".c")
                .toArray(String[]::new);

        assertThat(problems(rule("one", DROP, many))).isEmpty();
    }
}
