// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerPatternTest {
    private static Caller caller(String subject, String... groups) {
        return new Caller("p", subject, List.of(groups));
    }

    @ParameterizedTest
    @CsvSource({
        "billing, billing, true",
        "billing, Billing, false",
        "billing, billing2, false",
        "spiffe://prod.example.com/ns/shop/*, spiffe://prod.example.com/ns/shop/sa/cart, true",
        "spiffe://prod.example.com/ns/shop/*, spiffe://prod.example.com/ns/shopping/sa/cart, false",
        "spiffe://prod.example.com/ns/shop/*, spiffe://prod.example.com.evil/ns/shop/sa/cart, false",
        "key:ci-*, key:ci-, true",
        "*, anything, true",
        "*-*-x, a-b-c-x, true",
        "group:checkout, group:checkout, false",
        "group:checkout, checkout, false",
    })
    void matchesASubjectAsAWhole(String pattern, String subject, boolean expected) {
        assertThat(new CallerPattern(pattern).matches(caller(subject))).isEqualTo(expected);
    }

    @Test
    void matchesAnyOfTheGroups() {
        var pattern = new CallerPattern("group:check*");

        assertThat(pattern.matches(caller("x", "ops", "checkout"))).isTrue();
        assertThat(pattern.matches(caller("checkout", "ops"))).isFalse();
    }

    @Property
    void agreesWithARegularExpression(@ForAll("texts") String pattern, @ForAll("texts") String subject) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

        boolean matches = new CallerPattern(pattern).matches(caller(subject));

        assertThat(matches).isEqualTo(subject.matches(regex));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab*").ofMinLength(1).ofMaxLength(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "group:"})
    void refusesWhatNamesNobody(String text) {
        assertThatThrownBy(() -> new CallerPattern(text)).isInstanceOf(InvalidValueException.class);
    }
}
