// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import static dev.hansard.core.masking.ContentMaskingFixture.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.format.Cuts;
import dev.hansard.core.masking.rule.Findings.Place;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.NameRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlMaskerTest {
    private static final String XML = "application/xml";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<pin>12</pin>                                   | <pin>***</pin>",
                "<a><PIN>1</PIN><x:pin xmlns:x='u'>2</x:pin></a> | <a><PIN>***</PIN><x:pin xmlns:x='u'>***</x:pin></a>",
                "<a><pin> 12 </pin><pin/><pin></pin></a>         | <a><pin> *** </pin><pin/><pin></pin></a>",
                "<a><pin x='1'><b>2</b> <c>3</c></pin>4</a> " + "| <a><pin x='***'><b>***</b> <c>***</c></pin>4</a>",
                "<pin>1<!-- x -->2<![CDATA[3]]></pin>            | <pin>***<!--***--></pin>",
                "<pin><![CDATA[12]]></pin>                       | <pin><![CDATA[***]]></pin>",
                "<pin> <!-- x --> <b/></pin>                     | <pin> <!--***--> <b/></pin>",
                "<pin>&#49;2&amp;</pin>                          | <pin>***</pin>",
                "<card>4111 1111 1111 12&#x33;4</card>           | <card>***1234</card>",
                "<a pin='1' b:Pin=\"2\" pins='3'/>               | <a pin='***' b:Pin=\"***\" pins='3'/>",
                "<a pin = '1&gt;' />                             | <a pin = '***' />",
                "<a pin=''/>                                     | <a pin=''/>",
                "<ｐin>1</ｐin>                                  | <ｐin>***</ｐin>",
                "<a>x 777777777777 y</a>                         | <a>x [sevens] y</a>",
                "<a b='777777777777'/>                           | <a b='[sevens]'/>",
                "<a>&lt;&#55;77777777777&#x37;</a>               | <a>&lt;[sevens]&#x37;</a>",
                "<a>&lt;&#55;7777777777&#x37;&gt;</a>            | <a>&lt;[sevens]&gt;</a>",
                "<a>777777<!---->777777</a>                      | <a>[sevens]<!----></a>",
                "<a>x<![CDATA[<777777]]>777777y</a>              | <a>x&lt;[sevens]y</a>",
                "<a>x<![CDATA[777777]]>777777&lt;</a>            | <a>x[sevens]&lt;</a>",
                "<a><![CDATA[777777777777]]></a>                 | <a>[sevens]</a>",
                "<a><!-- 777777777777 --><?p 777777777777?></a>  | <a><!--***--><?p ***?></a>",
                "<a><!-- <pin>1</pin> --></a>                    | <a><!--***--></a>",
                "<a><!-- note --><?p i?><?q?></a>                | <a><!-- note --><?p i?><?q?></a>",
                "<a>x[777777777777]></a>                         | <a>***</a>",
                "<a>password: x</a>                              | <a>password: ***</a>",
                "<a>{\"pin\":1}</a>                              | <a>{&quot;pin&quot;:&quot;***&quot;}</a>",
                "<a>{\"pin\":1</a>                               | <a>***</a>",
                "<a j='{\"pin\":1}'/>                            | <a j='{&quot;pin&quot;:&quot;***&quot;}'/>",
                "<a><![CDATA[<pin>1</pin>]]></a>                 | <a>&lt;pin&gt;***&lt;/pin&gt;</a>",
                "<a>&lt;pin>1&lt;/pin></a>                       | <a>&lt;pin&gt;***&lt;/pin&gt;</a>",
                "<a>&lt;b>1&lt;br></a>                           | <a>***</a>",
                "<?xml version='1.0'?><!--c--> <a/> <!--d--><?e?> | <?xml version='1.0'?><!--c--> <a/> <!--d--><?e?>",
            })
    void masksElementsAttributesAndWhatIsFound(String document, String expected) {
        assertThat(masked(document, XML)).isEqualTo(expected);
        assertThat(masked(expected, XML)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<!DOCTYPE a><a/>                    | SYNTAX",
                "<!DOCTYPE a [<!ENTITY x '1'>]><a>&x;</a> | SYNTAX",
                "<!doctype html><html></html>        | SYNTAX",
                "<a>&x;</a>                          | SYNTAX",
                "<a>&nbsp;</a>                       | SYNTAX",
                "<a b='&x;'/>                        | SYNTAX",
                "<a>&amp</a>                         | SYNTAX",
                "<a>&#0;</a>                         | SYNTAX",
                "<a>&#xD800;</a>                     | SYNTAX",
                "<a>&#x110000;</a>                   | SYNTAX",
                "<a>&#-1;</a>                        | SYNTAX",
                "<a>&#;</a>                          | SYNTAX",
                "<a>& b</a>                          | SYNTAX",
                "<a></b>                             | SYNTAX",
                "<a><b></a></b>                      | SYNTAX",
                "<a/><b/>                            | SYNTAX",
                "<a/>text                            | SYNTAX",
                "<a/>&#32;x                          | SYNTAX",
                "</a>                                | SYNTAX",
                "<a b='1' b='2'/>                    | SYNTAX",
                "<a b='1'c='2'/>                     | SYNTAX",
                "<a b=1/>                            | SYNTAX",
                "<a b/>                              | SYNTAX",
                "<a b='<'/>                          | SYNTAX",
                "<a 1='2'/>                          | SYNTAX",
                "<a / >                              | SYNTAX",
                "< a/>x                              | < a/>x",
                "<a>]]></a>                          | SYNTAX",
                "<a><!-- x -- y --></a>              | SYNTAX",
                "<a><!ELEMENT b></a>                 | SYNTAX",
                "<a/><?xml version='1.0'?>           | SYNTAX",
                "<?xml version='1.1'?><a/>           | SYNTAX",
                "<?pinx'1'?><a/>                     | SYNTAX",
                "<a>                                 | INCOMPLETE",
                "<a                                  | INCOMPLETE",
                "<a b                                | INCOMPLETE",
                "<a b='                              | INCOMPLETE",
                "<a><![CDATA[ </a>                   | INCOMPLETE",
                "<a><!-- </a>                        | INCOMPLETE",
                "<a><?p </a>                         | INCOMPLETE",
                "<a>1</a                             | INCOMPLETE",
                "<!-- only -->                       | INCOMPLETE",
                "<a><b777777777777/></a>             | SYNTAX",
                "<a b777777777777=''/>               | SYNTAX",
                "<a><?p777777777777?></a>            | SYNTAX",
                "<a><br>text</a>                     | SYNTAX",
            })
    void refusesWhatIsNotWellFormed(String document, String expected) {
        assertThat(masked(document, document.startsWith("< ") ? "text/plain" : XML))
                .isEqualTo(expected);
    }

    @Test
    void limitsDepth() {
        String deep = "<a>".repeat(64) + "x" + "</a>".repeat(64);

        assertThat(masked(deep, XML)).isEqualTo(deep);
        assertThat(masked("<a>" + deep + "</a>", XML)).isEqualTo("DEPTH");
        assertThat(masked("<a>".repeat(1_000_000), XML)).isEqualTo("DEPTH");
    }

    @Test
    void notesPaths() throws Exception {
        var fixture = new ContentMaskingFixture();

        fixture.mask(
                "<s:Envelope><s:Body card='1'><pin>1</pin><x>{\"pin\":1}</x>777777777777</s:Body></s:Envelope>"
                        .getBytes(StandardCharsets.UTF_8),
                XML);

        assertThat(fixture.findings().places())
                .containsExactly(
                        new Place("cards", "xml:/Envelope/Body/@card"),
                        new Place("pins", "xml:/Envelope/Body/pin"),
                        new Place("pins", "xml:/Envelope/Body/x:/pin"),
                        new Place("sevens", "xml:/Envelope/Body"));
    }

    @Test
    void doesNotCareHowTheContentIsCut() {
        byte[] document = "<?xml version='1.0'?><a pin='1'>777777<!-- -->777777<pin>\u00e9</pin></a>"
                .getBytes(StandardCharsets.UTF_8);
        String whole = masked(document, XML);
        NameRules rules = NameRules.of(ContentMaskingFixture.RULES, MaskRule::xml);
        for (int cut = 1; cut < document.length; cut++) {
            assertThat(Cuts.masked(
                            document,
                            cut,
                            (fixture, out) -> new XmlMasker(rules, fixture.values(), fixture.contents(), 0, out)))
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "&",
                "&#",
                "&amp;",
                "<b/>",
                "<b a='1'/>",
                "<!--",
                "<!---->",
                "]]",
                "<![CDATA[",
                "<?p?>",
                "<b ",
                "'",
                " x='1' ",
                "pin: ",
                "<![CDATA[a]]>b"
            })
    void takesTimeInProportionToTheLength(String unit) {
        String inside = unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked("<a>" + inside + "</a>", XML));
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked("<a b='" + inside + "'/>", XML));
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked("<a " + inside + "/>", XML));
    }

    @Test
    void takesManyAttributes() {
        var tag = new StringBuilder("<a");
        for (int i = 0; i < 100_000; i++) {
            tag.append(" a").append(i).append("='1'");
        }

        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(masked(tag + "/>", XML)).isEqualTo(tag + "/>"));
    }
}
