// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import static dev.hansard.core.masking.ContentMaskingFixture.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.Findings.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMaskerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello world, a = b: c              | hello world, a = b: c",
                "password = hunter2 and more        | password = ***",
                "the password=hunter2&x=1           | the password=***&x=1",
                "token: abc                         | token: ***",
                "token => 'abc', x                  | token => '***', x",
                "{'pin': '12\\'34', 'a': 1}         | {'pin': '***'34', 'a': 1}",
                "{\\\"pin\\\": \\\"1234\\\"}        | {\\\"pin\\\": \\\"***\"}",
                "api-key := `abc`                   | api-key := `***`",
                "user.password = x                  | user.password = ***",
                "Authorization: Basic dXNlcjpwdw==  | Authorization: ***",
                "Cookie: sid=1; b=2                 | Cookie: ***",
                "pin : 12                           | pin : ***",
                "go to https://me:pw@a.test/x?y=1   | go to https://***@a.test/x?y=1",
                "go to //a.test/x@y                 | go to //a.test/x@y",
                "see %3Ftoken%3Dabc%26x here        | see *** here",
                "code: 12; the code=0123456789abcdef| code: 12; the code=***",
                "a code=ab;password=wxyz           | a code=ab;password=***",
                "code=-,*** 0123456789abc           | code=-,*** 0123456789abc",
                "x 777777777777 y                   | x [sevens] y",
                "password=777777777777 x            | password=***",
                "max_tokens=5 next_token=abc        | max_tokens=5 next_token=abc",
                "secret:                            | secret:",
                "secret = \"\" x                    | secret = \"\" x",
            })
    void masksWhatStandsAfterASecretName(String text, String expected) {
        assertThat(masked(text, "text/plain")).isEqualTo(expected);
        assertThat(masked(expected, "text/plain")).isEqualTo(expected);
    }

    @Test
    void endsAValueAtTheEndOfItsLine() {
        assertThat(masked("a b\r\npassword: x y \r\nc d\rpin: 1\nf g", "text/plain"))
                .isEqualTo("a b\r\npassword: *** \r\nc d\rpin: ***\nf g");
    }

    @Test
    void notesOffsets() throws Exception {
        var fixture = new ContentMaskingFixture();

        fixture.mask("a b\npin: 12 \n777777777777".getBytes(StandardCharsets.UTF_8), "text/plain");

        assertThat(fixture.findings().places())
                .containsExactly(new Place("pins", "offset:9"), new Place("sevens", "offset:13"));
    }

    @Test
    void doesNotCareHowTheContentIsCut() {
        byte[] text = "z\u00fcge pin: 12\n777777777777 x https://a:b@c/".getBytes(StandardCharsets.UTF_8);
        String whole = masked(text, "text/plain");
        for (int cut = 1; cut < text.length; cut++) {
            assertThat(Cuts.masked(text, cut, (fixture, out) -> new TextMasker(fixture.values(), out)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void refusesWhatIsNoText() {
        byte[] binary = {'a', 0, 'b'};
        byte[] latin1 = {'a', (byte) 0xE9, 'b'};

        assertThat(Cuts.masked(binary, 1, (fixture, out) -> new TextMasker(fixture.values(), out)))
                .isEqualTo("FORMAT");
        assertThat(Cuts.masked(latin1, 1, (fixture, out) -> new TextMasker(fixture.values(), out)))
                .isEqualTo("CHARSET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=", ": ", "pin=", "pin: '", "//", "//a:", "code=\"", "%20", "a%3D ", "pin\\\"=", "[a]=", "\n"})
    void takesTimeInProportionToTheLength(String unit) {
        String text = "start " + unit.repeat(2_000_000 / unit.length());

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked(text, "text/plain"));
    }
}
