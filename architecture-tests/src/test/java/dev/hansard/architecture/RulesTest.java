// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product keeps every rule. */
final class RulesTest {
    static Stream<Rule> rules() {
        return Rules.of(Rings.HANSARD).stream();
    }

    static Stream<Rule> rulesOfNothing() {
        return Rules.of(new Rings("dev.hansard.nowhere")).stream();
    }

    @ParameterizedTest
    @MethodSource("rulesOfNothing")
    void failsWhenThereIsNothingToLookAt(Rule rule) {
        var check = catchThrowable(() -> rule.arch().evaluate(Production.classes()));

        assertThat(check).isInstanceOf(AssertionError.class).hasMessageContaining("failed to check any classes");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        // ArchUnit fails a rule that finds nothing to look at, which is right but for a module that has no class yet.
        boolean mayFindNothing = rule.rings().stream().allMatch(Ring::isEmpty);

        var result = rule.arch().allowEmptyShould(mayFindNothing).evaluate(Production.classes());

        assertThat(result.getFailureReport().getDetails())
                .as(rule.arch().getDescription())
                .isEmpty();
    }
}
