// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.JsonText;
import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.SigningKey;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.PresentedBuilder;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are bound to a key which each call proves (RFC 9449). */
class DpopTest {
    private static final SigningKey CLIENT = SigningKey.ec("client");
    private static final SigningKey OTHER = SigningKey.ec("other");
    private static final String URI = "https://payments.example.com/v1/orders";

    private final Scene scene = Scene.usual();
    private final String token = EC.sign(TYPE, scene.claims("cnf", Map.of("jkt", thumbprint(CLIENT))));

    @AfterEach
    void closeScene() {
        scene.close();
    }

    /** RFC 7638 by hand: the members that are required, in order of their names. */
    private static String thumbprint(SigningKey key) {
        return digest(JsonText.of(key.bareJwk()));
    }

    private static String digest(String text) {
        return Digest256.of(text.getBytes(StandardCharsets.UTF_8)).inBase64Url();
    }

    private static Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        header.put("alg", "ES256");
        header.put("jwk", CLIENT.bareJwk());
        return header;
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", "p-1");
        claims.put("htm", "GET");
        claims.put("htu", URI);
        claims.put("iat", scene.clock.now().getEpochSecond());
        claims.put("ath", digest(token));
        return claims;
    }

    private static String proof(Map<String, Object> header, Map<String, Object> claims) {
        return CLIENT.sign(JsonText.of(header), JsonText.of(claims));
    }

    private PresentedBuilder call(String proof) {
        return PresentedBuilder.aCall()
                .overTls()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof);
    }

    private String wordOf(PresentedBuilder call) {
        return Scene.word(scene.provider.identify(call.build()));
    }

    @Test
    void recognisesWhoeverHoldsTheKey() {
        var said = (Recognised)
                scene.provider.identify(call(proof(header(), claims())).build());

        assertThat(said.caller().subject()).isEqualTo("svc-orders");
        assertThat(said.consumed()).containsExactlyInAnyOrder("authorization", "dpop");
    }

    @Test
    void refusesTheSameProofTwice() {
        String proof = proof(header(), claims());

        assertThat(wordOf(call(proof))).isEqualTo("recognised");
        assertThat(wordOf(call(proof))).isEqualTo("replayed_proof");

        Map<String, Object> next = claims();
        next.put("jti", "p-2");
        assertThat(wordOf(call(proof(header(), next)))).isEqualTo("recognised");
    }

    @Test
    void refusesAReplayForAsLongAsTheProofHolds() {
        Map<String, Object> claims = claims();
        claims.put("iat", scene.clock.now().getEpochSecond() + 30);
        String proof = proof(header(), claims);
        assertThat(wordOf(call(proof))).isEqualTo("recognised");

        scene.clock.move(Duration.ofSeconds(119));
        assertThat(wordOf(call(proof))).isEqualTo("replayed_proof");

        scene.clock.move(Duration.ofSeconds(1));
        assertThat(wordOf(call(proof))).isEqualTo("proof_out_of_time");
    }

    @Test
    void refusesABoundTokenAsBearer() {
        var said = scene.provider.identify(PresentedBuilder.aCall()
                .overTls()
                .bearer(token)
                .with("DPoP", proof(header(), claims()))
                .build());

        assertThat(Scene.word(said)).isEqualTo("bound_token_without_proof");
    }

    @Test
    void asksForTheProofAgainAfterTheTokenWasRememberedAsBearer() {
        assertThat(wordOf(PresentedBuilder.aCall().bearer(token))).isEqualTo("bound_token_without_proof");

        var said = (Recognised)
                scene.provider.identify(call(proof(header(), claims())).build());

        assertThat(said.consumed()).contains("dpop");
    }

    @Test
    void refusesAProofBesideABearerToken() {
        var call = PresentedBuilder.aCall().bearer(scene.token()).with("DPoP", proof(header(), claims()));

        assertThat(wordOf(call)).isEqualTo("proof_without_scheme");
    }

    @Test
    void refusesATokenThatIsNotBound() {
        var call = PresentedBuilder.aCall()
                .with("Authorization", "DPoP " + scene.token())
                .with("DPoP", proof(header(), claims()));

        assertThat(wordOf(call)).isEqualTo("unbound_token");
    }

    @Test
    void asksForExactlyOneProof() {
        var none = PresentedBuilder.aCall().with("Authorization", "DPoP " + token);
        var two = call(proof(header(), claims())).with("dpop", proof(header(), claims()));

        assertThat(wordOf(none)).isEqualTo("not_one_proof");
        assertThat(wordOf(two)).isEqualTo("not_one_proof");
        var said = (Refused) scene.provider.identify(two.build());
        assertThat(said.answer().fields().getFirst().value()).startsWith("DPoP error=\"invalid_token\"");
    }

    @Test
    void answersThatItCannotTellWhenTooManyProofsAreRemembered() {
        try (var small = Scene.with(Map.of("remembered-proofs", 1000))) {
            Map<String, Object> claims = claims();
            for (int number = 0; number < 1000; number++) {
                claims.put("jti", "p-" + number);
                small.provider.identify(call(proof(header(), claims)).build());
            }

            claims.put("jti", "one more");
            var said = (Refused)
                    small.provider.identify(call(proof(header(), claims)).build());

            assertThat(said.reason()).isEqualTo("too_many_proofs");
            assertThat(said.answer().status()).isEqualTo(503);
        }
    }

    @Test
    void asksForANonceOfItsOwnWhereToldSo() {
        try (var asking = Scene.with(Map.of("dpop-nonce-key", "k".repeat(32)))) {
            var said = (Refused)
                    asking.provider.identify(call(proof(header(), claims())).build());

            assertThat(said.answer().status()).isEqualTo(401);
            assertThat(said.answer().code()).isEqualTo("use_dpop_nonce");
            assertThat(said.reason()).isEqualTo("wants_nonce");
            assertThat(said.answer().fields().getFirst().value()).isEqualTo("DPoP error=\"use_dpop_nonce\"");

            Map<String, Object> claims = claims();
            claims.put("nonce", said.answer().fields().getLast().value());
            var call = call(proof(header(), claims)).build();
            assertThat(Scene.word(asking.provider.identify(call))).isEqualTo("recognised");
        }
    }

    @Test
    void knowsNoncesOfAnotherNodeUntilTheyAreOld() {
        var clock = new MovedClock();
        var wall = clock.surroundings().wall();
        String given = new ProofNonces(Secret.of("k".repeat(32)), wall).current();
        var other = new ProofNonces(Secret.of("k".repeat(32)), wall);

        assertThat(other.isFresh(given)).isTrue();
        assertThat(new ProofNonces(Secret.of("l".repeat(32)), wall).isFresh(given))
                .isFalse();
        clock.move(ProofNonces.PERIOD);
        assertThat(other.isFresh(given)).isTrue();
        clock.move(ProofNonces.PERIOD);
        assertThat(other.isFresh(given)).isFalse();
    }

    @Test
    void takesTheUriAsTheCallerSpelledIt() {
        Map<String, Object> claims = claims();
        claims.put("htu", "HTTPS://Payments.Example.com:443/v1/./%6frders?page=2");

        assertThat(wordOf(call(proof(header(), claims)))).isEqualTo("recognised");
    }

    static Stream<Arguments> claimsThatDoNotFit() {
        return Stream.of(
                Arguments.of("proof_of_another_call", "htm", "POST"),
                Arguments.of("proof_of_another_call", "htm", "get"),
                Arguments.of("proof_of_another_call", "htu", "https://payments.example.com/v1/refunds"),
                Arguments.of("proof_of_another_call", "htu", "http://payments.example.com/v1/orders"),
                Arguments.of("proof_of_another_call", "htu", "https://payments.example.com:8443/v1/orders"),
                Arguments.of("proof_of_another_call", "htu", "https://evil.example/v1/orders"),
                Arguments.of("proof_of_another_call", "htu", "/v1/orders"),
                Arguments.of("proof_of_another_call", "htu", 7),
                Arguments.of("proof_of_another_token", "ath", digest("another token")),
                Arguments.of("proof_of_another_token", "ath", ""),
                Arguments.of("proof_out_of_time", "iat", MovedClock.NOON.getEpochSecond() - 90),
                Arguments.of("proof_out_of_time", "iat", MovedClock.NOON.getEpochSecond() + 31),
                Arguments.of("invalid_proof", "jti", ""),
                Arguments.of("invalid_proof", "jti", 7));
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @MethodSource("claimsThatDoNotFit")
    void refusesAProofOfSomethingElse(String word, String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);

        assertThat(wordOf(call(proof(header(), claims)))).isEqualTo(word);
    }

    static Stream<String> claimsThatMustBeThere() {
        return Stream.of("htm", "htu", "iat", "jti", "ath");
    }

    @ParameterizedTest
    @MethodSource("claimsThatMustBeThere")
    void refusesAProofThatLacks(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);

        assertThat(wordOf(call(proof(header(), claims)))).isNotEqualTo("recognised");
    }

    static Stream<Arguments> headersThatDoNotFit() {
        Map<String, Object> givenAway = new LinkedHashMap<>(CLIENT.bareJwk());
        givenAway.put("d", "AAAA");
        return Stream.of(
                header("another type", "invalid_proof", header -> header.put("typ", "JWT")),
                header("no type", "invalid_proof", header -> header.remove("typ")),
                header("no key", "invalid_proof", header -> header.remove("jwk")),
                header("a private key", "invalid_proof", header -> header.put("jwk", givenAway)),
                header("a secret key", "invalid_proof", header -> header.put("jwk", Map.of("kty", "oct", "k", "AAAA"))),
                header("another key", "proof_of_another_token", header -> header.put("jwk", OTHER.bareJwk())),
                header("no algorithm", "invalid_proof", header -> header.put("alg", "none")),
                header("HMAC", "invalid_proof", header -> header.put("alg", "HS256")),
                header("an algorithm not of the key", "invalid_proof", header -> header.put("alg", "RS256")),
                header("an algorithm not allowed", "invalid_proof", header -> header.put("alg", "ES384")),
                header("a URL of keys", "invalid_proof", header -> header.put("jku", "https://evil.example/")),
                header("critical extensions", "invalid_proof", header -> header.put("crit", List.of("x"))));
    }

    private static Arguments header(String name, String word, Consumer<Map<String, Object>> change) {
        Map<String, Object> header = header();
        change.accept(header);
        return Arguments.of(name, word, header);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("headersThatDoNotFit")
    void refusesAProofWith(String name, String word, Map<String, Object> header) {
        assertThat(wordOf(call(proof(header, claims())))).as(name).isEqualTo(word);
    }

    @Test
    void refusesAProofThatAnotherKeySigned() {
        String forged = OTHER.sign(JsonText.of(header()), JsonText.of(claims()));

        assertThat(wordOf(call(forged))).isEqualTo("invalid_proof");
    }
}
