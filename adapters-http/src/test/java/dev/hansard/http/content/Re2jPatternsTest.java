// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.masking.Patterns.Compiled;
import dev.hansard.ports.masking.Patterns.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Re2jPatternsTest {
    private final Patterns patterns = Re2jPatterns.create();

    private List<String> matches(String regex, byte[] bytes, int from, int to) {
        var found = new ArrayList<String>();
        var compiled = (Compiled) patterns.compile(regex);
        compiled.pattern().find(bytes, from, to, (start, end) -> found.add(start + "-" + end));
        return found;
    }

    private List<String> matches(String regex, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return matches(regex, bytes, 0, bytes.length);
    }

    @Test
    void tellsPlacesInBytes() {
        List<String> found = matches("(?i)é+|\\d{2}", "aÉé12 34 5");

        assertThat(found).containsExactly("1-5", "5-7", "8-10");
    }

    @Test
    void looksOnlyAtItsPart() {
        byte[] text = "ab12cd".getBytes(StandardCharsets.UTF_8);

        List<String> found = matches("^\\b\\d+$", text, 2, 4);

        assertThat(found).containsExactly("2-4");
    }

    @Test
    void tellsNoMatchOfNothing() {
        assertThat(matches("x*", "axxa")).containsExactly("1-3");
        assertThat(matches("$|^|\\b", "a b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a(b          | 3 | missing closing )",
                "ab[z-a]      | 3 | invalid character class range",
                "x{2000}      | 1 | invalid repeat count",
                "ab(?=c)      | 2 | invalid or unsupported Perl syntax; RE2 has no lookaround",
                "a(b)\\1      | 4 | invalid escape sequence",
                "a**          | 1 | invalid nested repetition operator",
                "''           | 0 | the regex must have 1 to 1000 characters, but has 0"
            })
    void saysWhatIsWrongAndWhere(String regex, int at, String message) {
        assertThat(patterns.compile(regex)).isEqualTo(new Rejected(at, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((((x{999}){999}){999}){999}){999}){999}",
                "(?:[a-z\\]]{1,1000}\\w{500}){90}"
            })
    void refusesWhatIsTooLargeBeforeItIsWrittenOut(String regex) {
        assertThat(patterns.compile(regex))
                .isEqualTo(
                        new Rejected(0, "the regex repeats too much: written out it has more than 20000 instructions"));
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThat(patterns.compile("a".repeat(Patterns.MAX_REGEX))).isInstanceOf(Compiled.class);
        assertThat(patterns.compile("a".repeat(Patterns.MAX_REGEX + 1)))
                .isEqualTo(new Rejected(1000, "the regex must have 1 to 1000 characters, but has 1001"));
        assertThat(patterns.compile("(".repeat(500) + ")".repeat(500))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "a{3}, 3", "(ab){10}, 22", "[a-z\\]{9}]{7}, 7", "a{2}{, 3", "\\{5}, 3", "a{1;3}, 6"})
    void countsWhatIsWrittenOut(String regex, long least) {
        assertThat(RegexSize.of(regex)).isBetween(least, 2 * least);
    }

    @Property
    void survivesAnyRegex(@ForAll String regex) {
        assertThat(patterns.compile(regex)).isNotNull();
    }

    @Property
    void findsWhatFollowsBytesThatAreNoUtf8(@ForAll byte[] bytes) {
        byte[] text = Arrays.copyOf(bytes, bytes.length + 4);
        System.arraycopy("|x1|".getBytes(StandardCharsets.UTF_8), 0, text, bytes.length, 4);

        List<String> found = matches("x1", text, 0, text.length);

        assertThat(found).contains((bytes.length + 1) + "-" + (bytes.length + 3));
    }
}
