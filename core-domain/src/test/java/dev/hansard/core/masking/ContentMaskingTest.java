// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static dev.hansard.core.masking.ContentMaskingFixture.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.Unmaskable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentMaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"pin\":1}      | application/json                  | {\"pin\":\"***\"}",
                "{\"pin\":1}      | text/plain                        | {\"pin\":\"***\"}",
                "{\"pin\":1}      | application/x-www-form-urlencoded | {\"pin\":\"***\"}",
                "{\"pin\":1}      | multipart/form-data; boundary=b   | SYNTAX",
                "{\"pin\":1}      | text/event-stream                 | {\"pin\":\"***\"}",
                "{\"pin\":1}      | image/png                         | {\"pin\":\"***\"}",
                "{\"pin\":1}      |                                   | {\"pin\":\"***\"}",
                "[{\"pin\":1}]    | application/xml                   | [{\"pin\":\"***\"}]",
                "[1, {\"pin\":1}] | text/html                         | [1, {\"pin\":\"***\"}]",
                "{\"pin\":1       | text/plain                        | INCOMPLETE",
                "{'pin':1}        | application/json                  | SYNTAX",
                "{pin: 1}         | text/plain                        | {pin: ***",
                "pin=1&a=b        | application/json                  | pin=***&a=b",
                "pin=1&a=b        | application/xml                   | pin=***&a=b",
                "p%69n=1&a=b      | text/plain                        | p%69n=***&a=b",
                "p%69n=1          |                                   | p%69n=***",
                "<a><pin>1</pin></a> | application/json               | <a><pin>***</pin></a>",
                "<a><pin>1</pin></a> | text/plain                     | <a><pin>***</pin></a>",
                "<a><pin>1</pin></a> | application/soap+xml; charset=utf-8 | <a><pin>***</pin></a>",
                "<a>data: 1</a>   | text/event-stream                 | <a>data: 1</a>",
                "plain text       | application/json                  | SYNTAX",
                "plain text       | application/vnd.api+json          | SYNTAX",
                "plain text       | application/xml                   | SYNTAX",
                "12345            | application/json                  | 12345",
                "\"text\"         | text/plain                        | \"text\"",
                "[2026-01-01] log | text/plain                        | [2026-01-01] log",
                "[WARN] a, b      | text/plain                        | [WARN] a, b",
                "<3 you           | text/plain                        | <3 you",
                "%PDF-1.7 text    | application/pdf                   | FORMAT",
            })
    void masksWhatTheContentIsWhateverItsLabelSays(String content, String label, String expected) {
        assertThat(masked(content, label)).isEqualTo(expected);
    }

    @Test
    void masksLinesOfJson() {
        assertThat(masked("{\"pin\":1}\n{\"pin\":2}\n", "application/json"))
                .isEqualTo("{\"pin\":\"***\"}\n{\"pin\":\"***\"}\n");
        assertThat(masked("{\n\"pin\":1}", "application/x-ndjson")).isEqualTo("{\n\"pin\":\"***\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, fffe, application/json",
        "UTF-16BE, '', text/plain",
        "UTF-32LE, '', application/json; charset=utf-8",
        "UTF-32BE, 0000feff, application/x-www-form-urlencoded",
        "ISO-8859-1, '', application/json; charset=iso-8859-1",
        "UTF-8, '', application/json; charset=\"UTF-8\"",
    })
    void masksJsonInAnyCharsetAndKeepsItInThatCharset(String charset, String mark, String label) throws Unmaskable {
        byte[] content = content("{\"name\":\"Zo\u00eb\",\"pin\":1}", charset, mark);
        byte[] harmless = content("{\"name\":\"Zo\u00eb\"}", charset, mark);

        byte[] masked = new ContentMaskingFixture().mask(content, label);

        assertThat(masked).isEqualTo(content("{\"name\":\"Zo\u00eb\",\"pin\":\"***\"}", charset, mark));
        assertThat(new ContentMaskingFixture().mask(masked, label)).isEqualTo(masked);
        assertThat(new ContentMaskingFixture().mask(harmless, label)).isEqualTo(harmless);
    }

    @Test
    void keepsPartsInTheirCharsets() throws Unmaskable {
        String start = "--b\r\nContent-Type: text/plain; charset=";
        byte[] content = joined(
                content(start + "iso-8859-1\r\n\r\n", "UTF-8", ""),
                content("caf\u00e9 pin=12", "ISO-8859-1", ""),
                content("\r\n" + start + "utf-16le\r\n\r\n", "UTF-8", ""),
                content("caf\u00e9 " + ContentMaskingFixture.PLANTED, "UTF-16LE", ""),
                content("\r\n--b--\r\n", "UTF-8", ""));

        byte[] masked = new ContentMaskingFixture().mask(content, "multipart/mixed; boundary=b");

        assertThat(masked)
                .isEqualTo(joined(
                        content(start + "iso-8859-1\r\n\r\n", "UTF-8", ""),
                        content("caf\u00e9 pin=***", "ISO-8859-1", ""),
                        content("\r\n" + start + "utf-16le\r\n\r\n", "UTF-8", ""),
                        content("caf\u00e9 [sevens]", "UTF-16LE", ""),
                        content("\r\n--b--\r\n", "UTF-8", "")));
    }

    @Test
    void refusesWhatItCouldNotWriteInItsCharsetOnceMasked() {
        String xml = "<a>&#8364;<![CDATA[" + ContentMaskingFixture.PLANTED + "]]>\u00e9</a>";

        assertThat(masked(content(xml, "ISO-8859-1", ""), "text/xml; charset=iso-8859-1"))
                .isEqualTo("CHARSET");
        assertThat(masked(xml, "text/xml")).isEqualTo("<a>\u20ac[sevens]\u00e9</a>");
    }

    @Test
    void keepsAByteOrderMark() {
        assertThat(masked("\uFEFF{\"pin\":1}", "application/json")).isEqualTo("\uFEFF{\"pin\":\"***\"}");
        assertThat(masked("\uFEFFpin=1", "text/plain")).isEqualTo("\uFEFFpin=***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "iso-2022-jp", "utf-16", "utf-8; charset=iso-8859-1"})
    void refusesACharsetThatIsNotSo(String charset) {
        assertThat(masked("{\"pin\":12}", "application/json; charset=" + charset))
                .isEqualTo("CHARSET");
    }

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d, image/png",
        "1f8b0800000000000003, application/json",
        "0a0b0c, application/grpc",
        "504b030414, application/octet-stream",
        "00000000, ",
    })
    void refusesWhatIsBinary(String hex, String label) {
        assertThat(masked(HexFormat.of().parseHex(hex), label)).isIn("FORMAT", "CHARSET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":\"&pin=1234&\"}",
                "{\"x\":\"1&p%69n=1234\"}",
                "<a>&amp;pin=1234</a>",
                "{\"x\":\"&access_token=abc\"}",
            })
    void refusesWhatIsAlsoAFormWithASecret(String content) {
        assertThat(masked(content, "application/x-www-form-urlencoded")).doesNotContain("1234", "abc");
    }

    @Test
    void takesAnEmptyContentOfAnyType() {
        for (String label : new String[] {
            null, "", ";;;", "multipart/form-data; boundary=b", "text/plain", "a/b", "text/xml", "text/json"
        }) {
            assertThat(masked("", label)).isEmpty();
        }
        assertThat(masked("", "text/event-stream")).isEmpty();
    }

    @Test
    void noticesXmlInAnotherCharset() throws Unmaskable {
        String xml = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><pin>caf\u00e9</pin>\u00e9</a>";

        String clear = xml.replace("caf\u00e9", "***");
        assertThat(new ContentMaskingFixture().mask(content(xml, "ISO-8859-1", ""), "application/xml"))
                .isEqualTo(content(clear, "ISO-8859-1", ""));
        assertThat(new ContentMaskingFixture().mask(content(xml, "UTF-16", ""), "text/xml"))
                .isEqualTo(content(clear, "UTF-16", ""));
        assertThat(masked(xml.replace("ISO-8859-1", "UTF-7"), "text/xml")).isEqualTo("CHARSET");
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] content(String text, String charset, String mark) {
        byte[] bytes = text.getBytes(Charset.forName(charset));
        byte[] head = HexFormat.of().parseHex(mark);
        byte[] content = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(bytes, 0, content, head.length, bytes.length);
        return content;
    }
}
