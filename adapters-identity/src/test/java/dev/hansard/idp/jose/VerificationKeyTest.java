// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationKeyTest {
    private static final SigningKey EC = SigningKey.ec("ec");
    private static final SigningKey RSA = SigningKey.rsa("rsa");
    private static final SigningKey ED = SigningKey.ed25519("ed");

    static Stream<SigningKey> keys() {
        return Stream.of(
                RSA,
                RSA.by("RS384"),
                RSA.by("RS512"),
                RSA.by("PS256"),
                RSA.by("PS384"),
                RSA.by("PS512"),
                EC,
                SigningKey.of("ec", "ES384", "EC", "secp384r1"),
                SigningKey.of("ec", "ES512", "EC", "secp521r1"),
                ED,
                ED.by("Ed25519"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void verifiesByTheAlgorithmOfTheKey(SigningKey signer) throws Exception {
        VerificationKey key = parse(signer.jwk());
        CompactJws token = token(signer.sign("JWT", Map.of("a", "b")));
        CompactJws forged = token(
                new SigningKey(signer.id(), signer.algorithm(), another(signer).pair()).sign("JWT", Map.of("a", "b")));

        key.verify(token);

        assertThat(key.algorithms()).containsExactly(SignatureAlgorithm.named(signer.algorithm()));
        assertThatThrownBy(() -> key.verify(forged)).hasMessage("bad_signature");
    }

    private static SigningKey another(SigningKey key) {
        return switch (key.algorithm()) {
            case "ES256" -> SigningKey.ec("x");
            case "ES384" -> SigningKey.of("x", "ES384", "EC", "secp384r1");
            case "ES512" -> SigningKey.of("x", "ES512", "EC", "secp521r1");
            case "EdDSA", "Ed25519" -> SigningKey.ed25519("x");
            default -> SigningKey.of("x", key.algorithm(), "RSA", "2048");
        };
    }

    @Test
    void verifiesByAllAlgorithmsOfItsKindWhenItNamesNone() throws Exception {
        assertThat(parse(RSA.bareJwk()).algorithms()).hasSize(6);
        assertThat(parse(EC.bareJwk()).algorithms()).containsExactly(SignatureAlgorithm.ES256);

        parse(RSA.bareJwk()).verify(token(RSA.by("PS384").sign("JWT", Map.of())));
    }

    @Test
    void hasTheThumbprintOfTheStandard() throws Exception {
        // RFC 7638 section 3.1.
        String jwk = """
                {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_B\
                JECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAt\
                aSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_\
                xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""";

        VerificationKey key = VerificationKey.parse(StrictJson.object(jwk.getBytes(StandardCharsets.UTF_8), 2));

        assertThat(key.thumbprint()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void verifiesTheExampleOfEd25519() throws Exception {
        // RFC 8037 appendix A.
        String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
        String token =
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6d"
                        + "WbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

        VerificationKey key = VerificationKey.parse(StrictJson.object(jwk.getBytes(StandardCharsets.UTF_8), 2));

        key.verify(token(token));
        assertThat(key.thumbprint()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                key("an EC key that is private", EC, jwk -> jwk.put("d", "AAAA")),
                key("an RSA key that is private", RSA, jwk -> jwk.put("p", "AAAA")),
                key("a secret", EC, jwk -> jwk.put("kty", "oct")),
                key("encryption", EC, jwk -> jwk.put("use", "enc")),
                key("signing only", EC, jwk -> jwk.put("key_ops", List.of("sign"))),
                key("an algorithm of another kind", EC, jwk -> jwk.put("alg", "RS256")),
                key("an algorithm of another curve", EC, jwk -> jwk.put("alg", "ES384")),
                key("an algorithm for encryption", RSA, jwk -> jwk.put("alg", "RSA-OAEP")),
                key("HMAC", RSA, jwk -> jwk.put("alg", "HS256")),
                key("another curve", EC, jwk -> jwk.put("crv", "P-384")),
                key("an unknown curve", EC, jwk -> jwk.put("crv", "secp256k1")),
                key("a point that is not on the curve", EC, jwk -> jwk.put("x", jwk.get("y"))),
                key("no point", EC, jwk -> jwk.remove("y")),
                key("a number spelled in another way", RSA, jwk -> jwk.put("e", "AQ AB")),
                key("a number that is none", RSA, jwk -> jwk.put("n", 7)),
                key("an exponent of one", RSA, jwk -> jwk.put("e", "AQ")),
                key("an exponent of three", RSA, jwk -> jwk.put("e", "Aw")),
                key("an even exponent", RSA, jwk -> jwk.put("e", "AQAA")),
                key("an endless exponent", RSA, jwk -> jwk.put("e", jwk.get("n"))),
                key("few bits", SigningKey.of("k", "RS256", "RSA", "1024"), jwk -> {}),
                key("very many bits", RSA, jwk -> jwk.put("n", "_".repeat(1400))),
                key("31 bytes of Ed25519", ED, jwk -> jwk.put("x", "A".repeat(42))),
                key("X25519", ED, jwk -> jwk.put("crv", "X25519")));
    }

    private static Arguments key(String name, SigningKey key, Consumer<Map<String, Object>> change) {
        Map<String, Object> jwk = new LinkedHashMap<>(key.jwk());
        change.accept(jwk);
        return Arguments.of(name, jwk);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void refusesAKeyOf(String name, Map<String, Object> jwk) {
        assertThatThrownBy(() -> parse(jwk)).as(name).isInstanceOf(UnusableKeyException.class);
    }

    @Test
    void doesNotTakeGoodKeysForBreakableOnes() {
        for (int number = 0; number < 20; number++) {
            var generated = SigningKey.of("k", "RS256", "RSA", "1024").pair().getPublic();
            assertThat(RocaFingerprint.isOn(((RSAPublicKey) generated).getModulus()))
                    .isFalse();
        }
    }

    private static VerificationKey parse(Map<String, Object> jwk) throws Exception {
        return VerificationKey.parse(StrictJson.object(JsonText.of(jwk).getBytes(StandardCharsets.UTF_8), 4));
    }

    private static CompactJws token(String text) throws FlawedTokenException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return CompactJws.parse(bytes, 0, bytes.length);
    }
}
