// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hansard.boot.masking.Pipeline.Recorded;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets behind charsets, behind one coding on the other, in parts of parts and under brackets without end. */
class WrappedContentTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TEXT = "text/plain";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Pipeline PIPELINE = Pipeline.ofBuiltInRules();

    static Stream<Arguments> charsets() {
        return Stream.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
                .flatMap(charset -> Stream.of("", "\uFEFF").map(mark -> Arguments.of(charset, mark)));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void readsEveryEncodingOfUnicode(String charset, String mark) {
        String content = "{\"name\":\"Zo\u00eb \uD83D\uDE00\",\"pin\":\"s3cr3t\"}";
        byte[] bytes = (mark + content).getBytes(Charset.forName(charset));

        for (String label : new String[] {JSON, TEXT, "", JSON + ";charset=utf-8", FORM}) {
            for (String coding : Codings.ALL) {
                Recorded recorded = PIPELINE.mask(label, coding, Codings.encoded(coding, bytes), new Random(1));

                assertThat(recorded.read(Charset.forName(charset)).told().replace("\uFEFF", ""))
                        .isEqualTo(content.replace("s3cr3t", "***"));
            }
        }
    }

    static Stream<Arguments> codings() {
        byte[] content = "{\"pin\":\"s3cr3t\"}".getBytes(UTF_8);
        byte[] gzip = Codings.encoded("gzip", content);
        return Stream.of(
                Arguments.of("gzip, gzip", Codings.encoded("gzip", gzip), "{\"pin\":\"***\"}"),
                Arguments.of("gzip, br", Codings.encoded("br", gzip), "{\"pin\":\"***\"}"),
                Arguments.of("deflate, identity, zstd, X-GZIP", three(content), "{\"pin\":\"***\"}"),
                Arguments.of("gzip, gzip, gzip, gzip", gzip, "withheld: coding"),
                Arguments.of("gzip", Codings.encoded("gzip", gzip), "withheld: charset"),
                Arguments.of("gzip", content, "withheld: coding"),
                Arguments.of("gzip", joined(gzip, content), "withheld: coding"),
                Arguments.of("gzip", Arrays.copyOf(gzip, gzip.length - 9), "withheld: incomplete"),
                Arguments.of("identity", gzip, "withheld: charset"),
                Arguments.of("br", gzip, "withheld: coding"),
                Arguments.of("lzma", content, "withheld: coding"),
                Arguments.of("gzip;q=1", gzip, "withheld: coding"));
    }

    private static byte[] three(byte[] content) {
        return Codings.encoded("gzip", Codings.encoded("zstd", Codings.encoded("deflate", content)));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    @ParameterizedTest
    @MethodSource("codings")
    void takesOffEveryCodingOrKeepsNothing(String coding, byte[] content, String expected) {
        Recorded recorded = PIPELINE.mask(JSON, coding, content, new Random(2));

        assertThat(recorded.told()).isEqualTo(expected);
    }

    static Stream<Arguments> nested() {
        String base64 = Base64.getMimeEncoder().encodeToString("{\"pin\":\"s3cr3t\"}".getBytes(UTF_8));
        String masked = Base64.getMimeEncoder().encodeToString("{\"pin\":\"***\"}".getBytes(UTF_8));
        String named = "Content-Disposition: form-data; name=pin\n\n";
        return Stream.of(
                Arguments.of("a field", part(named + "s3cr3t"), part(named + "***")),
                Arguments.of(
                        "JSON",
                        part("Content-Type: application/json\n\n{\"pin\":\"s3cr3t\"}"),
                        part("Content-Type: application/json\n\n{\"pin\":\"***\"}")),
                Arguments.of("JSON without a label", part("\n{\"pin\":\"s3cr3t\"}"), part("\n{\"pin\":\"***\"}")),
                Arguments.of(
                        "JSON in base64",
                        part("Content-Transfer-Encoding: base64\n\n" + base64),
                        part("Content-Transfer-Encoding: base64\n\n" + masked)),
                Arguments.of(
                        "multipart in multipart in multipart",
                        part(inner("c", inner("d", named + "s3cr3t"))),
                        part(inner("c", inner("d", named + "***")))),
                Arguments.of(
                        "a form",
                        part("Content-Type: " + FORM + "\n\na=1&pin=s3cr3t"),
                        part("Content-Type: " + FORM + "\n\na=1&pin=***")),
                Arguments.of(
                        "lines of JSON",
                        part("Content-Type: application/x-ndjson\n\n{\"pin\":1}\n{\"pin\":\"s3cr3t\"}"),
                        part("Content-Type: application/x-ndjson\n\n{\"pin\":\"***\"}\n{\"pin\":\"***\"}")));
    }

    private static String part(String content) {
        return ("--b\n" + content + "\n--b--\n").replace("\n", "\r\n");
    }

    private static String inner(String boundary, String content) {
        return "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n" + content + "\n--"
                + boundary + "--";
    }

    @ParameterizedTest
    @MethodSource("nested")
    void looksIntoTheParts(String name, String content, String expected) {
        for (String coding : Codings.ALL) {
            byte[] encoded = Codings.encoded(coding, content.getBytes(UTF_8));

            assertThat(PIPELINE.mask(MULTIPART, coding, encoded, new Random(name.hashCode()))
                            .told())
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> deep() {
        String open = "[".repeat(1_000_000);
        return Stream.of(
                Arguments.of("arrays", JSON, open, "withheld: depth"),
                Arguments.of("closed", JSON, "[".repeat(65) + "]".repeat(65), "withheld: depth"),
                Arguments.of("objects", JSON, "{\"a\":".repeat(500_000), "withheld: depth"),
                Arguments.of("below a secret", JSON, "{\"pin\":" + open, "withheld: depth"),
                Arguments.of("in a string", JSON, "[\"" + "[".repeat(65) + "]".repeat(65) + "\"]", "withheld: depth"),
                Arguments.of("elements", "text/xml", "<a>".repeat(1_000_000), "withheld: depth"),
                Arguments.of("as text", TEXT, "[".repeat(65) + "{\"pin\":\"s3cr3t\"}", "withheld: depth"));
    }

    @ParameterizedTest
    @MethodSource("deep")
    void keepsNothingThatIsTooDeep(String name, String label, String content, String expected) {
        byte[] bytes = content.getBytes(UTF_8);

        Recorded recorded = assertTimeoutPreemptively(LIMIT, () -> PIPELINE.mask(label, "identity", bytes));

        assertThat(recorded.told()).as(name).isEqualTo(expected);
    }

    @Test
    void keepsNothingOfAPartThatIsTooDeep() {
        String content = "Content-Disposition: form-data; name=pin\n\ns3cr3t";
        for (int i = 0; i < 100; i++) {
            content = inner("n" + i + "x", content);
        }

        Recorded recorded = PIPELINE.mask(MULTIPART, "identity", part(content).getBytes(UTF_8));

        assertThat(recorded.told()).doesNotContain("s3cr3t").contains("[withheld: depth, ");
    }
}
