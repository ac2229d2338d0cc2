// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import static dev.hansard.core.masking.ContentMaskingFixture.masked;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.format.Cuts;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.rule.Findings.Place;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartMaskerTest {
    private static final String FORM_DATA = "multipart/form-data; boundary=\"b:1\"";

    /** One part; {@code ~} stands for a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "name=\"pin\"~~1234                       | name=\"pin\"~~***",
                "name=pin~~1234                           | name=pin~~***",
                "name=\"PIN\"~~1~2                        | name=\"PIN\"~~***",
                "name=\"p\\in\"~~1234                     | name=\"p\\in\"~~***",
                "name=\"p%69n\"~~1234                     | name=\"p%69n\"~~***",
                "name*=utf-8''p%69n~~1234                 | name*=utf-8''p%69n~~***",
                "name=\"a\"; name=\"pin\"~~1234           | name=\"a\"; name=\"pin\"~~***",
                "name=\"user[pin]\"~~1234                 | name=\"user[pin]\"~~***",
                "name=\"password\"~~1234                  | name=\"password\"~~***",
                "name=\"card\"~~4111 1111 1111 1234       | name=\"card\"~~***1234",
                "name=\"pin\"~~                           | name=\"pin\"~~",
                "name=\"pin\"                             | name=\"pin\"",
                "name=\"a\"~~see 777777777777             | name=\"a\"~~see [sevens]",
                "name=\"a\"~~{\"pin\":1}                  | name=\"a\"~~{\"pin\":\"***\"}",
                "name=\"a\"~~{\"pin\":1                   | name=\"a\"~~[withheld: incomplete, 8 bytes]",
                "name=\"a\"~~<p>1<br>2                    | name=\"a\"~~<p>1<br>2",
                "name=\"a\"~Content-Type: application/json~~{\"pin\":1} "
                        + "| name=\"a\"~Content-Type: application/json~~{\"pin\":\"***\"}",
                "name=\"a\"~content-TYPE: text/plain~~{\"pin\":1} "
                        + "| name=\"a\"~content-TYPE: text/plain~~{\"pin\":\"***\"}",
                "name=\"a\"~Content-Type: application/json~~plain "
                        + "| name=\"a\"~Content-Type: application/json~~[withheld: syntax, 5 bytes]",
                "name=\"a\"~Content-Type: a/b~Content-Type: c/d~~x "
                        + "| name=\"a\"~Content-Type: a/b~Content-Type: c/d~~[withheld: syntax, 1 bytes]",
                "name=\"a\"~Content-Transfer-Encoding: base64~~eyJwaW4iOjF9 "
                        + "| name=\"a\"~Content-Transfer-Encoding: base64~~eyJwaW4iOiIqKioifQ==",
                "name=\"a\"~Content-Transfer-Encoding: base64~~aGVs~bG8= "
                        + "| name=\"a\"~Content-Transfer-Encoding: base64~~aGVs~bG8=",
                "name=\"pin\"~Content-Transfer-Encoding: base64~~aGVsbG8= "
                        + "| name=\"pin\"~Content-Transfer-Encoding: base64~~Kioq",
                "name=\"a\"~Content-Transfer-Encoding: base64~~777777777777 "
                        + "| name=\"a\"~Content-Transfer-Encoding: base64~~W3dpdGhoZWxkOiBjaGFyc2V0LCAxMiBieXRlc10=",
                "name=\"a\"~Content-Transfer-Encoding: base64~~not base64! "
                        + "| name=\"a\"~Content-Transfer-Encoding: base64~~W3dpdGhoZWxkOiBjb2RpbmcsIDExIGJ5dGVzXQ==",
                "name=\"a\"~Content-Transfer-Encoding: quoted-printable~~{\"p=69n\":=~1} "
                        + "| name=\"a\"~Content-Transfer-Encoding: quoted-printable~~{\"pin\":\"***\"}",
                "name=\"a\"~Content-Transfer-Encoding: quoted-printable~~caf=C3=A9 "
                        + "| name=\"a\"~Content-Transfer-Encoding: quoted-printable~~caf=C3=A9",
                "name=\"a\"~Content-Transfer-Encoding: x-uuencode~~abc "
                        + "| name=\"a\"~Content-Transfer-Encoding: x-uuencode~~[withheld: coding, 3 bytes]",
                "name=\"a\"~Content-Transfer-Encoding: binary~~{\"pin\":1} "
                        + "| name=\"a\"~Content-Transfer-Encoding: binary~~{\"pin\":\"***\"}",
                "name=\"a\"~X-Api-Key: abc~Authorization: Bearer x~~1 "
                        + "| name=\"a\"~X-Api-Key: ***~Authorization: Bearer ***~~1",
                "name=\"a\"; filename=\"777777777777\"~~1 | name=\"a\"; filename=\"[sevens]\"~~1",
                "name=\"a\"~Location: /x?~ token=abc~~1   | name=\"a\"~Location: /x?  token=***~~1",
            })
    void masksAPart(String part, String expected) {
        for (String lineEnd : new String[] {"\r\n", "\n"}) {
            String in = oneOf(part).replace("~", lineEnd);
            String out = oneOf(expected).replace("~", lineEnd);

            assertThat(masked(in, FORM_DATA)).isEqualTo(out);
            assertThat(masked(out, FORM_DATA)).isEqualTo(out);
        }
    }

    private static String oneOf(String part) {
        return "--b:1~Content-Disposition: form-data; " + part
                + "~--b:1~Content-Disposition: form-data; name=z~~x~--b:1--~";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "--b:1~~x~--b:1                     | INCOMPLETE",
                "--b:1~~x~                          | INCOMPLETE",
                "--b:1                              | INCOMPLETE",
                "--b:1~~x~--b:12~~y~--b:1--         | SYNTAX",
                "--b:1~~x~--b:1-~~y~--b:1--         | SYNTAX",
                "--b:1~~x~--b:1--y                  | SYNTAX",
                "--b:1~~x~--b:1--~--b:1~~y~--b:1--  | SYNTAX",
                "--b:1~no field~~x~--b:1--          | SYNTAX",
                "--b:1~~x!--b:1~A: b~~y~--b:1--     | SYNTAX",
                "--b:1~A: b!~x~--b:1--              | SYNTAX",
                "--b:1~~x@--b:1~A: b~~y~--b:1--     | SYNTAX",
                "--b:1~X777777777777: y~~y~--b:1--  | SYNTAX",
                "--c~~x~--c--                       | SYNTAX",
            })
    void refusesWhatCanBeReadInTwoWays(String content, String reason) {
        String crlf = content.replace("~", "\r\n").replace("!", "\n").replace("@", "\r");

        assertThat(masked(crlf, FORM_DATA)).isEqualTo(reason);
    }

    @Test
    void refusesADoubtfulBoundary() {
        String content = "--b\r\nContent-Disposition: form-data; name=pin\r\n\r\n1\r\n--b--\r\n";
        String safe = content.replace("\r\n1\r\n", "\r\n***\r\n");

        assertThat(masked(content, "multipart/form-data; boundary=b; boundary=c"))
                .isEqualTo("SYNTAX");
        assertThat(masked(content, "multipart/form-data; boundary*=b; boundary=b"))
                .isEqualTo("SYNTAX");
        assertThat(masked(content, "multipart/form-data; boundary=b; boundary=b"))
                .isEqualTo(safe);
        assertThat(masked(content, "multipart/form-data")).isEqualTo(safe);
        assertThat(masked(content, "multipart/form-data; boundary=c")).isEqualTo(safe);
        assertThat(masked(content, "application/json")).isEqualTo(safe);
        assertThat(masked(content + "--c\r\n\r\n--c--", "multipart/form-data; boundary=c"))
                .isEqualTo("SYNTAX");
    }

    @Test
    void masksWhatStandsAroundTheParts() {
        assertThat(masked("see 777777777777\r\n--b:1 \r\n\r\nx\r\n--b:1-- \t\r\npin: 5", FORM_DATA))
                .isEqualTo("see [sevens]\r\n--b:1 \r\n\r\nx\r\n--b:1-- \t\r\npin: ***");
        assertThat(masked("\r\n--b:1\r\n--b:1--", FORM_DATA)).isEqualTo("\r\n--b:1\r\n--b:1--");
    }

    @Test
    void withholdsAFileThatIsBinaryAndKeepsTheRest() throws Unmaskable {
        byte[] content = String.join(
                        "\r\n",
                        "--b:1",
                        "Content-Disposition: form-data; name=\"f\"; filename=\"a.png\"",
                        "Content-Type: image/png",
                        "",
                        "\u0089PNG",
                        "\u001a\n\u0000",
                        "--b:1",
                        "Content-Disposition: form-data; name=\"pin\"",
                        "",
                        "12",
                        "--b:1--",
                        "")
                .getBytes(StandardCharsets.ISO_8859_1);
        var fixture = new ContentMaskingFixture();

        var masked = new String(fixture.mask(content, FORM_DATA), StandardCharsets.ISO_8859_1);

        assertThat(masked)
                .contains("image/png\r\n\r\n[withheld: format, 9 bytes]\r\n--b:1\r\n")
                .contains("name=\"pin\"\r\n\r\n***\r\n--b:1--\r\n");
        assertThat(masked(masked, FORM_DATA)).isEqualTo(masked);
        assertThat(fixture.findings().places())
                .containsExactly(new Place("withheld", "part:f"), new Place("pins", "part:pin"));
    }

    @Test
    void masksPartsInPartsUpToALimit() {
        String inner = "Content-Disposition: form-data; name=pin\r\n\r\n1234";
        String three = nested(inner, 3);

        assertThat(masked(three, "multipart/mixed; boundary=n3")).isEqualTo(three.replace("1234", "***"));
        assertThat(masked(nested(inner, 12), "multipart/mixed; boundary=n12"))
                .doesNotContain("1234")
                .contains("[withheld: depth,");
    }

    private static String nested(String part, int levels) {
        String content = part;
        for (int i = 1; i <= levels; i++) {
            String boundary = "--n" + i;
            String head = i == levels ? "" : "Content-Type: multipart/mixed; boundary=n" + i + "\r\n\r\n";
            content = head + boundary + "\r\n" + content + "\r\n" + boundary + "--\r\n";
        }
        return content;
    }

    @Test
    void doesNotCareHowTheContentIsCut() throws Unmaskable {
        byte[] bytes = (oneOf("name=\"a\"~X-Api-Key: abc~~{\"pin\":1}") + "after")
                .replace("~", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        String whole = masked(bytes, FORM_DATA);
        Boundary boundary = requireNonNull(Boundary.of(MediaType.parse(FORM_DATA), bytes, 0, bytes.length));
        NameRules rules = NameRules.of(ContentMaskingFixture.RULES, MaskRule::form);
        for (int cut = 1; cut < bytes.length; cut += 3) {
            assertThat(Cuts.masked(
                            bytes,
                            cut,
                            (fixture, out) ->
                                    new MultipartMasker(rules, fixture.values(), fixture.contents(), boundary, 0, out)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void encodesLongContentsInLines() {
        String long64 = Base64.getEncoder()
                .encodeToString(("{\"pin\":1,\"a\":\"" + "x".repeat(200) + "\"}").getBytes(StandardCharsets.UTF_8));
        String part = "name=\"a\"~Content-Transfer-Encoding: base64~~" + long64;

        String masked = masked(oneOf(part).replace("~", "\r\n"), FORM_DATA);

        assertThat(masked.lines()).allMatch(line -> line.length() <= 76);
        assertThat(masked(masked, FORM_DATA)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n--b:", "\r\n--b:1\r\n", "--b:1", "\n", "\r", "\r\n--b:1\r\n\r\n", "\r\n--b:1\r\nA: b"})
    void takesTimeInProportionToTheLength(String unit) {
        String content = "--b:1\r\n\r\n" + unit.repeat(1_000_000 / unit.length()) + "\r\n--b:1--";

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked(content, FORM_DATA));
    }
}
