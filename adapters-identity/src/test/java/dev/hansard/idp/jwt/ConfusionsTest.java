// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jose.SigningKey.base64;
import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.ISSUER;
import static dev.hansard.idp.jwt.Scene.RSA;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.JsonText;
import dev.hansard.idp.jose.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that look right, or were right for somebody else: the list of RFC 8725 and of those who tried. */
class ConfusionsTest {
    /** The most trusting provider that can be configured, so that what is refused is refused always. */
    private static final Scene SCENE = Scene.with(Map.of("token-types", List.of("at+jwt", "JWT", "none")));

    private static final Scene STRICT = Scene.usual();
    private static final Scene SINGLE = Scene.with(Map.of("single-audience", true));

    @AfterAll
    static void closeScenes() {
        SCENE.close();
        STRICT.close();
        SINGLE.close();
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                row("no algorithm", "wrong_algorithm", signed(headed("alg", "none"))),
                row("no algorithm, in capitals", "wrong_algorithm", signed(headed("alg", "NONE"))),
                row("no algorithm, mixed", "wrong_algorithm", signed(headed("alg", "nOnE"))),
                row("no algorithm and no signature", "not_canonical", unsigned()),
                row("without alg", "wrong_algorithm", signed(headed("alg", null))),
                row("alg that is a list", "malformed", signed(headed("alg", List.of("ES256")))),
                row("HMAC with the public key", "wrong_algorithm", macWithPublicKey()),
                row(
                        "an algorithm that is not allowed",
                        "wrong_algorithm",
                        RSA.by("RS512").sign(TYPE, claims())),
                row(
                        "another algorithm than the key's",
                        "wrong_algorithm",
                        RSA.by("PS256").sign(TYPE, claims())),
                row(
                        "RSA with the name of the EC key",
                        "wrong_algorithm",
                        RSA.named("ec-1").sign(TYPE, claims())),
                row(
                        "ECDSA with the name of the RSA key",
                        "wrong_algorithm",
                        EC.named("rsa-1").sign(TYPE, claims())),
                row("EdDSA by an EC key", "wrong_algorithm", signed(headed("alg", "EdDSA"))),
                row("a signature in DER", "bad_signature", inDer()),
                row("a signature of zeros", "bad_signature", withSignature(new byte[64])),
                row("a signature cut short", "bad_signature", withSignature(new byte[63])));
    }

    static Stream<Arguments> headers() {
        Map<String, Object> own = SigningKey.ec("own").jwk();
        return Stream.of(
                row("a key that came along", "forbidden_header", signed(headed("jwk", own))),
                row("a URL of keys", "forbidden_header", signed(headed("jku", "https://evil.example/keys"))),
                row("a URL of certificates", "forbidden_header", signed(headed("x5u", "https://evil.example/c"))),
                row("certificates that came along", "forbidden_header", signed(headed("x5c", List.of("MIIB")))),
                row("critical extensions", "forbidden_header", signed(headed("crit", List.of("exp")))),
                row("unencoded payload", "forbidden_header", signed(headed("b64", false))),
                row("compression", "forbidden_header", signed(headed("zip", "DEF"))),
                row("a token in the token", "forbidden_header", signed(headed("cty", "JWT"))),
                row("a path for a key", "unknown_key", signed(headed("kid", "../../dev/null"))),
                row("SQL for a key", "unknown_key", signed(headed("kid", "x' UNION SELECT 'k"))),
                row("a NUL behind the key", "unknown_key", signed(headed("kid", "ec-1\0"))),
                row("a name of a key in capitals", "unknown_key", signed(headed("kid", "EC-1"))),
                row("a name of a key of 5000 letters", "unknown_key", signed(headed("kid", "k".repeat(5000)))),
                row("an empty name of a key", "unknown_key", signed(headed("kid", ""))),
                row("a name of a key that is none", "malformed", signed(headed("kid", 7))),
                row("a header that says alg twice", "not_canonical", EC.sign(twice(), JsonText.of(claims()))));
    }

    static Stream<Arguments> types() {
        Map<String, Object> logout =
                claims("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return Stream.of(
                row("an ID token by its nonce", "wrong_type", EC.sign("JWT", claims("nonce", "n"))),
                row("an ID token by at_hash", "wrong_type", EC.sign("JWT", claims("at_hash", "h"))),
                row("an ID token as Keycloak says it", "wrong_type", EC.sign("JWT", claims("typ", "ID"))),
                row("a refresh token", "wrong_type", EC.sign("JWT", claims("typ", "Refresh"))),
                row("a logout token", "wrong_type", EC.sign("logout+jwt", logout)),
                row("a logout token as JWT", "wrong_type", EC.sign("JWT", logout)),
                row("a logout token as access token", "wrong_type", EC.sign(TYPE, logout)),
                row("a DPoP proof", "wrong_type", EC.sign("dpop+jwt", claims())),
                row("a type that ends like ours", "wrong_type", EC.sign("xat+jwt", claims())),
                row("a nested token", "not_canonical", EC.sign(JsonText.of(EC.header(TYPE)), SCENE.token())),
                row("claims that are a list", "not_canonical", EC.sign(JsonText.of(EC.header(TYPE)), "[]")));
    }

    static Stream<Arguments> claimsOfOthers() {
        return Stream.of(
                row("issuer with a slash behind", "not_mine", EC.sign(TYPE, claims("iss", ISSUER + "/"))),
                row("issuer with a tail", "not_mine", EC.sign(TYPE, claims("iss", ISSUER + ".evil.example"))),
                row("issuer in capitals", "not_mine", EC.sign(TYPE, claims("iss", ISSUER.toUpperCase(Locale.ROOT)))),
                row(
                        "issuer with another scheme",
                        "not_mine",
                        EC.sign(TYPE, claims("iss", ISSUER.replace("https", "http")))),
                row("another tenant's issuer", "not_mine", EC.sign(TYPE, claims("iss", ISSUER + "-b"))),
                row("no issuer", "not_mine", EC.sign(TYPE, SCENE.without("iss"))),
                row("a list of issuers", "malformed", EC.sign(TYPE, claims("iss", List.of(ISSUER)))),
                row("another audience", "wrong_audience", EC.sign(TYPE, claims("aud", "billing"))),
                row("an audience that begins like ours", "wrong_audience", EC.sign(TYPE, claims("aud", "hansard-2"))),
                row("an audience in capitals", "wrong_audience", EC.sign(TYPE, claims("aud", "HANSARD"))),
                row("audiences in one text", "wrong_audience", EC.sign(TYPE, claims("aud", "billing hansard"))),
                row("no audience", "wrong_audience", EC.sign(TYPE, SCENE.without("aud"))),
                row("an empty list of audiences", "wrong_audience", EC.sign(TYPE, claims("aud", List.of()))),
                row(
                        "an audience in a list in a list",
                        "malformed",
                        EC.sign(TYPE, claims("aud", List.of(List.of("hansard"))))),
                row("no subject", "invalid_subject", EC.sign(TYPE, SCENE.without("sub"))),
                row("an empty subject", "invalid_subject", EC.sign(TYPE, claims("sub", ""))),
                row("a blank subject", "invalid_subject", EC.sign(TYPE, claims("sub", " "))),
                row("a subject that is a number", "invalid_subject", EC.sign(TYPE, claims("sub", 7))),
                row("a subject with a line break", "invalid_subject", EC.sign(TYPE, claims("sub", "a\nb"))),
                row("a subject of 513 letters", "invalid_subject", EC.sign(TYPE, claims("sub", "a".repeat(513)))),
                row("groups that are an object", "invalid_groups", EC.sign(TYPE, claims("groups", Map.of("a", "b")))),
                row("a group that is a number", "invalid_groups", EC.sign(TYPE, claims("groups", List.of(1)))),
                row("an actor without a name", "invalid_actor", EC.sign(TYPE, claims("act", Map.of("x", "y")))),
                row("a binding that is not known", "unknown_binding", EC.sign(TYPE, claims("cnf", Map.of("kid", "k")))),
                row("a binding that is no object", "malformed", EC.sign(TYPE, claims("cnf", "jkt"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"algorithms", "headers", "types", "claimsOfOthers"})
    void isNotTakenIn(String name, String word, String token) {
        assertThat(SCENE.wordOf(token)).as(name).isEqualTo(word);
    }

    static Stream<Arguments> notByDefault() {
        return Stream.of(
                row("a token of type JWT", "wrong_type", EC.sign("JWT", claims())),
                row("a token without a type", "wrong_type", signed(headed("typ", null))),
                row("a token without iat", "without_times", EC.sign(TYPE, SCENE.without("iat"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("notByDefault")
    void isNotTakenInByDefault(String name, String word, String token) {
        assertThat(STRICT.wordOf(token)).as(name).isEqualTo(word);
    }

    static Stream<Arguments> goodOnes() {
        return Stream.of(
                row("one audience as text", "recognised", EC.sign(TYPE, claims("aud", "hansard"))),
                row(
                        "our audience among others",
                        "recognised",
                        EC.sign(TYPE, claims("aud", List.of("billing", "hansard")))),
                row("the type in capitals", "recognised", EC.sign("AT+JWT", claims())),
                row("the type as media type", "recognised", EC.sign("application/at+jwt", claims())),
                row("no name of a key, and one that fits", "recognised", signed(headed("kid", null))),
                row("a thumbprint of a certificate", "recognised", signed(headed("x5t", "AAAA"))),
                row("a header that nobody knows", "recognised", signed(headed("nobody", "knows"))),
                row("groups in one text", "recognised", EC.sign(TYPE, claims("groups", "payments sre"))),
                row("no groups", "recognised", EC.sign(TYPE, SCENE.without("groups"))),
                row(
                        "blanks in the JSON",
                        "recognised",
                        EC.sign(
                                " { \"alg\" : \"ES256\" , \"kid\":\"ec-1\",\n\"typ\":\"at+jwt\"} ",
                                JsonText.of(claims()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodOnes")
    void isTakenForWhatItIs(String name, String word, String token) {
        assertThat(STRICT.wordOf(token)).as(name).isEqualTo(word);
    }

    static Stream<Arguments> forUsAlone() {
        return Stream.of(
                row(
                        "our audience among others",
                        "wrong_audience",
                        EC.sign(TYPE, claims("aud", List.of("billing", "hansard")))),
                row(
                        "our audience twice",
                        "wrong_audience",
                        EC.sign(TYPE, claims("aud", List.of("hansard", "hansard")))),
                row("our audience alone", "recognised", EC.sign(TYPE, claims("aud", List.of("hansard")))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("forUsAlone")
    void mayHaveToBeForUsAlone(String name, String word, String token) {
        assertThat(SINGLE.wordOf(token)).as(name).isEqualTo(word);
    }

    private static Arguments row(String name, String word, String token) {
        return Arguments.of(name, word, token);
    }

    private static Map<String, Object> claims() {
        return SCENE.claims();
    }

    private static Map<String, Object> claims(String name, Object value) {
        return SCENE.claims(name, value);
    }

    private static Map<String, Object> headed(String name, @Nullable Object value) {
        Map<String, Object> header = new LinkedHashMap<>(EC.header(TYPE));
        if (value == null) {
            header.remove(name);
        } else {
            header.put(name, value);
        }
        return header;
    }

    /** Signed by the right key, whatever the header says. */
    private static String signed(Map<String, Object> header) {
        return EC.sign(JsonText.of(header), JsonText.of(claims()));
    }

    private static String twice() {
        return "{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"ec-1\",\"typ\":\"at+jwt\"}";
    }

    private static String unsigned() {
        return base64(JsonText.of(headed("alg", "none"))) + "." + base64(JsonText.of(claims())) + ".";
    }

    private static String withSignature(byte[] signature) {
        return base64(JsonText.of(EC.header(TYPE))) + "." + base64(JsonText.of(claims())) + "." + base64(signature);
    }

    private static String macWithPublicKey() {
        try {
            String signed = base64(JsonText.of(headed("alg", "HS256"))) + "." + base64(JsonText.of(claims()));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(EC.pair().getPublic().getEncoded(), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String inDer() {
        try {
            String signed = base64(JsonText.of(EC.header(TYPE))) + "." + base64(JsonText.of(claims()));
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(EC.pair().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
