// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static dev.hansard.idp.jose.SigningKey.base64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {
    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k\"}";
    private static final String CLAIMS = "{\"iss\":\"i\"}";
    private static final String GOOD = base64(HEADER) + "." + base64(CLAIMS) + ".AAAA";

    @Test
    void letsACanonicalTokenThrough() throws FlawedTokenException {
        CompactJws token = parse(GOOD);

        assertThat(token.algorithm()).isEqualTo(SignatureAlgorithm.ES256);
        assertThat(token.keyId()).isEqualTo("k");
        assertThat(token.claims().text("iss")).isEqualTo("i");
        assertThat(token.signed()).asString(StandardCharsets.UTF_8).isEqualTo(GOOD.substring(0, GOOD.length() - 5));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                token("nothing", ""),
                token("one segment", base64(HEADER)),
                token("two segments", base64(HEADER) + "." + base64(CLAIMS)),
                token("no signature", base64(HEADER) + "." + base64(CLAIMS) + "."),
                token("no payload", base64(HEADER) + "..AAAA"),
                token("no header", "." + base64(CLAIMS) + ".AAAA"),
                token("only dots", ".."),
                token("four segments", GOOD + ".AAAA"),
                token("an empty fourth segment", GOOD + "."),
                token("five segments, as encrypted ones have", GOOD + ".AAAA.AAAA"),
                token("padding", GOOD + "="),
                token("a blank inside", GOOD.replace(".AAAA", ". AAAA")),
                token("a line break at the end", GOOD + "\n"),
                token("letters of plain base64", GOOD.replace("AAAA", "A+/A")),
                token("bits left over", base64(HEADER) + "." + base64(CLAIMS) + ".AB"),
                token("a letter left over", base64(HEADER) + "." + base64(CLAIMS) + ".AAAAA"),
                token("JSON serialisation", "{\"payload\":\"e30\",\"signatures\":[{\"protected\":\"e30\"}]}"),
                token("a header that is no object", base64("[]") + "." + base64(CLAIMS) + ".AAAA"),
                token("a header that is no JSON", base64("{alg:1}") + "." + base64(CLAIMS) + ".AAAA"),
                token("a name twice", headed("{\"alg\":\"ES256\",\"alg\":\"none\"}")),
                token("a name twice, once escaped", headed("{\"alg\":\"ES256\",\"\\u0061lg\":\"none\"}")),
                token("a name twice, deep inside", headed("{\"alg\":\"ES256\",\"a\":{\"b\":1,\"b\":2}}")),
                token("a byte order mark", headed("\uFEFF" + HEADER)),
                token("something behind the object", headed(HEADER + "{}")),
                token("a comment", headed("{\"alg\":\"ES256\"/**/}")),
                token("a comma too many", headed("{\"alg\":\"ES256\",}")),
                token("single quotes", headed("{'alg':'ES256'}")),
                token("a number with a leading zero", headed("{\"alg\":\"ES256\",\"a\":01}")),
                token("not a number", headed("{\"alg\":\"ES256\",\"a\":NaN}")),
                token("a very long number", headed("{\"alg\":\"ES256\",\"a\":" + "1".repeat(100) + "}")),
                token("an endless exponent", headed("{\"alg\":\"ES256\",\"a\":1e99999999999}")),
                token("half a surrogate pair", headed("{\"alg\":\"ES256\",\"a\":\"\\ud800\"}")),
                token("a control in a string", headed("{\"alg\":\"ES256\",\"a\":\"\u0001\"}")),
                token("depth five", headed("{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}")),
                token("a thousand brackets", headed("{\"a\":" + "[".repeat(1000))),
                token(
                        "bytes that are no UTF-8",
                        base64(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}) + "."
                                + base64(CLAIMS) + ".AAAA"),
                token("UTF-16", base64(HEADER.getBytes(StandardCharsets.UTF_16BE)) + "." + base64(CLAIMS) + ".AAAA"));
    }

    private static Arguments token(String name, String token) {
        return Arguments.of(name, token);
    }

    private static String headed(String header) {
        return base64(header) + "." + base64(CLAIMS) + ".AAAA";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void refusesWhatHasAnotherReading(String name, String token) {
        assertThat(flawOf(token)).as(name).isEqualTo("not_canonical");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc", "epk", "cty"})
    void refusesHeadersThatChooseKeyOrReading(String name) {
        String header = "{\"alg\":\"ES256\",\"" + name + "\":null}";

        assertThat(flawOf(headed(header))).isEqualTo("forbidden_header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "None", "NONE", "nOnE", "HS256", "hs256", "es256", "ES256 ", "A256GCM", "ES256K", ""})
    void knowsNoAlgorithmButAsymmetricOnes(String name) {
        assertThat(flawOf(headed("{\"alg\":\"" + name + "\"}"))).isEqualTo("wrong_algorithm");
    }

    @Test
    void hasALimitThatHoldsToTheByte() {
        int rest = base64(HEADER).length() + base64(CLAIMS).length() + 2;
        String signature = "A".repeat(CompactJws.LONGEST - rest);

        assertThat(flawOf(GOOD.replace(".AAAA", "." + signature))).isNotEqualTo("too_long");
        assertThat(flawOf(GOOD.replace(".AAAA", "." + signature + "A"))).isEqualTo("too_long");
    }

    @Test
    void hasALimitForNamesOfKeys() {
        assertThat(flawOf(headed("{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(128) + "\"}")))
                .isEqualTo("none");
        assertThat(flawOf(headed("{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(129) + "\"}")))
                .isEqualTo("unknown_key");
    }

    private static CompactJws parse(String token) throws FlawedTokenException {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        return CompactJws.parse(bytes, 0, bytes.length);
    }

    private static String flawOf(String text) {
        try {
            CompactJws token = parse(text);
            token.algorithm();
            token.keyId();
            token.claims();
            return "none";
        } catch (FlawedTokenException e) {
            return e.flaw().word();
        }
    }
}
