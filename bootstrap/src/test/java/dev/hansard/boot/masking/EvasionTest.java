// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.masking.Pipeline.Recorded;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways in which a secret might slip into a record, through all of masking: each with what is recorded instead, however
 * the content is coded and cut.
 */
class EvasionTest {
    private static final String SECRET = "s3cr3t";
    private static final String CARD = "4111111111111111";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TEXT = "text/plain";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final int CUTS = 10;

    private static final Pipeline PIPELINE = Pipeline.ofBuiltInRules();

    static Stream<Arguments> names() {
        return Stream.of(
                row("plain", JSON, "{'password':'s3cr3t'}", "{'password':'***'}"),
                row("an escape in the name", JSON, "{'\\u0070assword':'s3cr3t'}", "{'\\u0070assword':'***'}"),
                row("only escapes", JSON, "{'\\u0070\\u0069\\u006E':'s3cr3t'}", "{'\\u0070\\u0069\\u006E':'***'}"),
                row("another case", JSON, "{'PassWord':'s3cr3t'}", "{'PassWord':'***'}"),
                row("wide letters", JSON, "{'\uFF50assword':'s3cr3t'}", "{'\uFF50assword':'***'}"),
                row("a long s", JSON, "{'pa\u017F\u017Fword':'s3cr3t'}", "{'pa\u017F\u017Fword':'***'}"),
                row("twice", JSON, "{'pin':1,'pin':'s3cr3t'}", "{'pin':'***','pin':'***'}"),
                row("twice, escaped", JSON, "{'pin':1,'p\\u0069n':'s3cr3t'}", "{'pin':'***','p\\u0069n':'***'}"),
                row("an object below", JSON, "{'token':{'a':['s3cr3t']}}", "{'token':'***'}"),
                row("a number", JSON, "{'cvv':-1.5e+7}", "{'cvv':'***'}"),
                row("a huge number", JSON, "{'cvv':" + "9".repeat(9_999) + "}", "{'cvv':'***'}"),
                row("a huge exponent", JSON, "{'cvv':1e" + "9".repeat(999) + ",'a':1E400}", "{'cvv':'***','a':1E400}"),
                row("JSON in JSON", JSON, "{'a':'{\\'pin\\':\\'s3cr3t\\'}'}", "{'a':'{\\'pin\\':\\'***\\'}'}"),
                row(
                        "JSON in JSON in JSON",
                        JSON,
                        "{'a':'[\\'{\\\\\\'pin\\\\\\':\\\\\\'s3cr3t\\\\\\'}\\']'}",
                        "{'a':'[\\'{\\\\\\'pin\\\\\\':\\\\\\'***\\\\\\'}\\']'}"),
                row("an escaped brace", JSON, "{'a':'\\u007b\\'pin\\':1}'}", "{'a':'{\\'pin\\':\\'***\\'}'}"),
                row("a form in JSON", JSON, "{'a':'b=1&password=s3cr3t'}", "{'a':'b=1&password=***'}"),
                row("a coded form in JSON", JSON, "{'a':'b=1&p%61ssword=s3cr3t'}", "{'a':'b=1&p%61ssword=***'}"),
                row("a URL in JSON", JSON, "{'a':'http://x/?api_key=s3cr3t'}", "{'a':'http://x/?api_key=***'}"),
                row("user information", JSON, "{'a':'http://ada:s3cr3t@x/'}", "{'a':'http://***@x/'}"),
                row("JSON in a form", FORM, "a=%7B%22pin%22%3A%22s3cr3t%22%7D", "a=%7B%22pin%22%3A%22***%22%7D"),
                row("a coded name in a form", FORM, "a=1&p%69n=s3cr3t", "a=1&p%69n=***"),
                row("coded twice", FORM, "a=1&p%2569n=s3cr3t", "a=1&p%2569n=***"),
                row("twice in a form", FORM, "pin=1&pin=s3cr3t&PIN=2", "pin=***&pin=***&PIN=***"),
                row("brackets in a form", FORM, "card[pin]=s3cr3t", "card[pin]=***"),
                row("lines", "application/x-ndjson", "{'pin':1}\n{'pin':'s3cr3t'}\n", "{'pin':'***'}\n{'pin':'***'}\n"),
                row("lines as one text", JSON, "{'pin':1}\n{'pin':'s3cr3t'}", "{'pin':'***'}\n{'pin':'***'}"),
                row("a sequence", "application/json-seq", "\u001e{'pin':'s3cr3t'}\n", "\u001e{'pin':'***'}\n"),
                row(
                        "an event of two lines",
                        "text/event-stream",
                        "data: {'pin':\ndata: 's3cr3t'}\n\n",
                        "data: {'pin':\ndata: '***'}\n\n"),
                row("an element", "application/xml", "<a><pin>s3cr3t</pin></a>", "<a><pin>***</pin></a>"),
                row("with a prefix", "text/xml", "<x:pin xmlns:x='u'>s3cr3t</x:pin>", "<x:pin xmlns:x='u'>***</x:pin>"),
                row("an attribute", "text/xml", "<a pin='s3cr3t'/>", "<a pin='***'/>"),
                row("CDATA", "text/xml", "<pin>s3<![CDATA[cr3t]]></pin>", "<pin>***</pin>"),
                row("references", "text/xml", "<pin>&#115;&#x33;cr3t</pin>", "<pin>***</pin>"),
                row("JSON in XML", "text/xml", "<a>{'pin':'s3cr3t'}</a>", "<a>{&quot;pin&quot;:&quot;***&quot;}</a>"),
                row("XML in a form", FORM, "a=<?xml version='1.0'?><pin>s3cr3t</pin>", "withheld or without it"),
                row("a setting in text", TEXT, "db.password = s3cr3t", "db.password = ***"));
    }

    static Stream<Arguments> labels() {
        return Stream.of(
                row("text", TEXT, "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("none", "", "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("a picture", "image/png", "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("bytes", "application/octet-stream", "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("a form", FORM, "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("XML", "application/xml", "[{'pin':'s3cr3t'}]", "[{'pin':'***'}]"),
                row("a form as JSON", JSON, "pin=s3cr3t&a=b", "pin=***&a=b"),
                row("XML as JSON", JSON, "<pin>s3cr3t</pin>", "<pin>***</pin>"),
                row("nonsense", ";;;=,", "{'pin':'s3cr3t'}", "{'pin':'***'}"),
                row("two charsets", JSON + ";charset=utf-8;charset=utf-7", "{'pin':'s3cr3t'}", "withheld: charset"),
                row("UTF-7", JSON + ";charset=utf-7", "{'+AHA-in':'s3cr3t'}", "withheld: charset"),
                row("another width", JSON + ";charset=utf-16", "{'pin':'s3cr3t'}", "withheld: charset"),
                row("multipart without it", MULTIPART, "{'pin':'s3cr3t'}", "withheld: syntax"),
                row("a comment", JSON, "/**/{'pin':'s3cr3t'}", "withheld: syntax"),
                row("a comment within", JSON, "{/**/'pin':'s3cr3t'}", "withheld: syntax"),
                row("a trailing comma", JSON, "{'pin':'s3cr3t',}", "withheld: syntax"),
                row("no quotes", JSON, "{pin:'s3cr3t'}", "withheld: syntax"),
                row("NaN", JSON, "{'a':NaN,'pin':'s3cr3t'}", "withheld: syntax"),
                row("a leading zero", JSON, "{'a':01,'pin':'s3cr3t'}", "withheld: syntax"),
                row("a control character", JSON, "{'a':'\u0001','pin':'s3cr3t'}", "withheld: format"),
                row("something behind", JSON, "{'a':1}'s3cr3t'", "withheld: syntax"),
                row("no end", JSON, "{'pin':'s3cr3t'", "withheld: syntax"),
                row("no end of an element", "text/xml", "<a><pin>s3cr3t</a>", "withheld: syntax"),
                row("an entity", "text/xml", "<!DOCTYPE a [<!ENTITY e 's3cr3t'>]><pin>&e;</pin>", "withheld: syntax"),
                row("HTML", "text/html", "<p>s3cr3t<br></p>", "withheld: syntax"),
                row("a PDF", TEXT, "%PDF-1.7 s3cr3t", "withheld: format"));
    }

    static Stream<Arguments> cards() {
        return Stream.of(
                row("a number", JSON, "[4111111111111111]", "['***1111']"),
                row("a negative one", JSON, "[-4111111111111111]", "['-***1111']"),
                row("a fraction", JSON, "[4111111111111111.0]", "['***1111.0']"),
                row("an exponent", JSON, "[4.111111111111111E15]", "['***1111']"),
                row("spaces", JSON, "['4111 1111 1111 1111']", "['***1111']"),
                row("hyphens", JSON, "['4111-1111-1111-1111']", "['***1111']"),
                row("dots", JSON, "['4111.1111.1111.1111']", "['***1111']"),
                row("hard spaces", JSON, "['4111\u00a01111\u00a01111\u00a01111']", "['***1111']"),
                row("escapes", JSON, "['\\u0034111 1111\\u00201111-1111']", "['***1111']"),
                row("a name", JSON, "{'4111111111111111':1}", "{'***1111':1}"),
                row("in a string in a string", JSON, "['[\\'4111111111111111\\']']", "['[\\'***1111\\']']"),
                row("by name, not by look", JSON, "{'pan':'1234 5678 9012'}", "{'pan':'***9012'}"),
                row("in a form", FORM, "a=4111+1111%201111-1111", "a=***1111"),
                row("in XML", "text/xml", "<a>4111<b/> 1111 1111 1111</a>", "withheld or without it"),
                row("over CDATA", "text/xml", "<a>41111111<![CDATA[11111111]]></a>", "withheld or without it"),
                row("in text", TEXT, "card: 4111 1111 1111 1111 exp 12/29", "card: ***1111 exp 12/29"),
                row("in a line of events", "text/event-stream", "id: 4111111111111111\n\n", "id: ***1111\n\n"));
    }

    @ParameterizedTest
    @MethodSource({"names", "labels", "cards"})
    void letsNothingSlipBy(String name, String contentType, String content, String expected) {
        byte[] bytes = content.replace('\'', '"').getBytes(UTF_8);
        String recorded = expected.replace('\'', '"');
        var random = new Random(name.hashCode());

        for (String coding : Codings.ALL) {
            byte[] encoded = Codings.encoded(coding, bytes);
            Recorded whole = PIPELINE.mask(contentType, coding, encoded);
            for (int i = 0; i < CUTS; i++) {
                assertThat(PIPELINE.mask(contentType, coding, encoded, random)).isEqualTo(whole);
            }
            if (!expected.equals("withheld or without it")) {
                assertThat(whole.told()).isEqualTo(recorded);
            }
            assertThat(whole.text().replaceAll("[ .-]", "")).doesNotContain(SECRET, "s3", CARD, "41111111");
        }
    }

    private static Arguments row(String name, String contentType, String content, String expected) {
        return Arguments.of(name, contentType, content, expected);
    }
}
