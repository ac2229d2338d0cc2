// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.Findings.Place;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormMaskerTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "pin=1234                        | pin=***",
                "a=b&pin=1234&c=d                | a=b&pin=***&c=d",
                "pin=1&PIN=2&Pin=3               | pin=***&PIN=***&Pin=***",
                "p%69n=1&%50%49%4E=2             | p%69n=***&%50%49%4E=***",
                "p%2569n=1                       | p%2569n=***",
                "%EF%BD%90in=1                   | %EF%BD%90in=***",
                "p%AAin=1                        | p%AAin=***",
                "+pin+=1                         | +pin+=***",
                "user[pin]=1&user[x][pin]=2      | user[pin]=***&user[x][pin]=***",
                "pin=                            | pin=",
                "pin                             | pin",
                "x:token:y=z                     | x:token:***=***",
                "=pin&&=                         | =pin&&=",
                "card=4111+1111+1111+1234        | card=***1234",
                "card=%34%31%31%31%31%31%32      | card=***112",
                "password=abc&max_tokens=5       | password=***&max_tokens=5",
                "api%5Fkey=abc&x=y               | api%5Fkey=***&x=y",
                "code=US&code=0123456789abcdef   | code=US&code=***",
                "a=777777777777&b=1              | a=[sevens]&b=1",
                "a=x%3777777777777+y             | a=x[sevens]+y",
                "a777777777777=1                 | a[sevens]=***",
                "777777777777                    | [sevens]",
                "a=%777777777777&%777777777777=b | a=***&***=***",
                "a=%zz%4&b=%                     | a=%zz%4&b=%",
                "a=1;pin=22&b=1                  | a=1;pin=***&b=1",
                "next=https%3A%2F%2Fa%2F%3Ftoken%3Dx&b=1  | next=https%3A%2F%2Fa%2F%3Ftoken%3D***&b=1",
                "next=https%253A%252F%252Fa%253Ftoken%253Dx | next=***",
                "u=http%3A%2F%2Fme%3Apw%40a%2F   | u=http%3A%2F%2F***%40a%2F",
                "payload=%7B%22pin%22%3A1%7D&x=1 | payload=%7B%22pin%22%3A%22***%22%7D&x=1",
                "payload=%7B%22a%22%3A1%7D+      | payload=%7B%22a%22%3A1%7D+",
                "payload={\"a\":1                | payload=***",
                "xml=%3C?xml+version='1.0'?><a><pin>1</pin></a> "
                        + "| xml=%3C%3Fxml%20version%3D%271.0%27%3F%3E%3Ca%3E%3Cpin%3E***%3C%2Fpin%3E%3C%2Fa%3E",
                "note=a+%3C+b+{x}                | note=a+%3C+b+{x}",
            })
    void masksValuesByName(String form, String expected) {
        assertThat(ContentMaskingFixture.masked(form, FORM)).isEqualTo(expected);
        assertThat(ContentMaskingFixture.masked(expected, FORM)).isEqualTo(expected);
    }

    @Test
    void givesEqualValuesEqualTokensWhateverTheirSpelling() {
        String masked = ContentMaskingFixture.masked("iban=DE+1&iban=DE%201&iban=%44E+1", FORM);

        assertThat(masked).matches("iban=(\\[t:[^&]+])&iban=\\1&iban=\\1");
    }

    @Test
    void doesNotCareHowTheContentIsCut() {
        byte[] form = "a=1&p%69n=12&x=%7B%22pin%22%3A1%7D&&777777777777=1&".getBytes(StandardCharsets.UTF_8);
        String whole = ContentMaskingFixture.masked(form, FORM);
        for (int cut = 1; cut < form.length; cut++) {
            assertThat(Cuts.masked(form, cut, (fixture, out) -> masker(fixture, out)))
                    .isEqualTo(whole);
        }
    }

    private static FormMasker masker(ContentMaskingFixture fixture, MaskedBytes out) {
        NameRules rules = NameRules.of(ContentMaskingFixture.RULES, MaskRule::form);
        return new FormMasker(rules, fixture.values(), fixture.contents(), 0, out);
    }

    @Test
    void notesPlacesWithoutValues() throws Exception {
        var fixture = new ContentMaskingFixture();

        fixture.mask(
                "pin=1&x777777777777=1&z777=%7B%22pin%22%3A1%7D&y=777777777777&pin=***"
                        .getBytes(StandardCharsets.UTF_8),
                FORM);

        assertThat(fixture.findings().places())
                .containsExactly(
                        new Place("pins", "form:pin"),
                        new Place("sevens", "form:"),
                        new Place("withheld", "form:x[sevens]"),
                        new Place("pins", "form:z777/pin"),
                        new Place("sevens", "form:y"));
        assertThat(fixture.findings().counts()).containsEntry("pins", 2).containsEntry("sevens", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "&", "a=", "%", "pin=", "pin=%", "a:", "\"", "//", "code=\"", "@", "pin: "})
    void takesTimeInProportionToTheLength(String unit) {
        String form = "x=" + unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> ContentMaskingFixture.masked(form, FORM));
    }

    @Test
    void masksTheQueryOfATarget() {
        var fixture = new ContentMaskingFixture();
        var masker = new QueryMasker(
                NameRules.of(ContentMaskingFixture.RULES, MaskRule::query), fixture.values(), fixture.contents());
        String untouched = "/pin=1?x=y&z#pin=2";

        assertThat(masker.mask("/a/b?x=y&p%69n=12#f")).isEqualTo("/a/b?x=y&p%69n=***#f");
        assertThat(masker.mask("http://a/b?pin=1?2&x=\u00e9")).isEqualTo("http://a/b?pin=***&x=\u00e9");
        assertThat(masker.mask(untouched)).isSameAs(untouched);
        assertThat(masker.mask("*")).isEqualTo("*");
        assertThat(fixture.findings().places().getFirst()).isEqualTo(new Place("pins", "query:pin"));
    }
}
