// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.OidcIssuer;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignIn.Attempt;
import dev.hansard.ports.identity.SignIn.Beginning;
import dev.hansard.ports.identity.SignIn.Outcome;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.MapOptions;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OidcSignInTest {
    private static final String BACK = "https://hansard.example.com/login/corp/callback";
    private static final Person ANN =
            new Person(new Caller("corp", "ann", List.of("sre")), "Ann Lee", "ann@example.com");
    private static final long HOUR = 3_600;

    /** Of the access token that {@link OidcIssuer} gives. */
    private static final String AT_HASH =
            AccessTokenHash.of(Secret.of("access-token-of-ann"), SignatureAlgorithm.ES256);

    private final MovedClock clock = new MovedClock();
    private final OidcIssuer issuer = OidcIssuer.start(clock::now);
    private final SignIn signIn = started(Map.of());

    OidcSignInTest() throws IOException {}

    private SignIn started(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>();
        all.put("issuer", issuer.url());
        all.put("client-id", OidcIssuer.CLIENT);
        all.put("client-secret", OidcIssuer.SECRET);
        all.putAll(options);
        SignIn made = new OidcFactory().create(new MapOptions("corp", all), clock.surroundings());
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        signIn.close();
        issuer.close();
    }

    private Beginning.Away begin() {
        return (Beginning.Away) signIn.begin("the-state", BACK);
    }

    /** What the browser comes back with. */
    private Map<String, String> answer(String authorize) {
        return OidcIssuer.parameters(issuer.visit(URI.create(authorize)).getRawQuery());
    }

    private String end() {
        Beginning.Away away = begin();
        return word(away.attempt(), answer(away.to()));
    }

    private static String word(Attempt attempt, Map<String, String> answer) {
        return switch (attempt.finish(answer)) {
            case Outcome.Proven _ -> "proven";
            case Outcome.Refused(String reason) -> reason;
            case Outcome.Unavailable(String reason) -> "unavailable: " + reason;
        };
    }

    @Test
    void provesWhoSignsIn() {
        Beginning.Away away = begin();

        Outcome outcome = away.attempt().finish(answer(away.to()));

        assertThat(outcome).isEqualTo(new Outcome.Proven(ANN));
        assertThat(signIn.troubles()).isEmpty();
    }

    @Test
    void asksForACodeWithPkceAndNonce() {
        Map<String, String> first =
                OidcIssuer.parameters(URI.create(begin().to()).getRawQuery());
        Map<String, String> second =
                OidcIssuer.parameters(URI.create(begin().to()).getRawQuery());

        assertThat(first)
                .containsEntry("state", "the-state")
                .containsEntry("redirect_uri", BACK)
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256");
        assertThat(first.get("code_challenge")).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second.get("code_challenge"));
        assertThat(first.get("nonce")).matches("[A-Za-z0-9_-]{36,43}").isNotEqualTo(second.get("nonce"));
    }

    @Test
    void takesACodeOnce() {
        Beginning.Away away = begin();
        Map<String, String> answer = answer(away.to());
        word(away.attempt(), answer);

        assertThat(word(away.attempt(), answer)).isEqualTo("code_refused");
    }

    @Test
    void cannotUseTheCodeOfAnotherAttempt() {
        Beginning.Away victim = begin();
        Beginning.Away attacker = begin();

        assertThat(word(attacker.attempt(), answer(victim.to()))).isEqualTo("code_refused");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                answers("answer_of_another_issuer", answer -> answer.put("iss", "https://evil.example")),
                answers("answer_of_another_issuer", answer -> answer.put("iss", answer.get("iss") + "/")),
                answers("answer_without_issuer", answer -> answer.remove("iss")),
                answers("no_code", answer -> answer.remove("code")),
                answers("no_code", answer -> answer.put("code", "")),
                answers("access_denied", answer -> answer.put("error", "access_denied")),
                answers("issuer_said_error", answer -> answer.put("error", "login_required")),
                answers("code_refused", answer -> answer.put("code", "guessed")));
    }

    private static Arguments answers(String word, Consumer<Map<String, String>> bend) {
        return Arguments.of(word, bend);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void refusesAnAnswerThatIsNotInOrder(String word, Consumer<Map<String, String>> bend) {
        issuer.bendAnswer(bend);

        assertThat(end()).isEqualTo(word);
    }

    @Test
    void redeemsNoCodeOfAnotherIssuer() {
        issuer.bendAnswer(answer -> answer.put("iss", "https://evil.example"));

        end();

        assertThat(issuer.redeemed()).isZero();
    }

    static Stream<Arguments> tokens() {
        long now = MovedClock.NOON.getEpochSecond();
        return Stream.of(
                tokens("wrong_nonce", all -> all.put("nonce", "another")),
                tokens("wrong_nonce", all -> all.remove("nonce")),
                tokens("answer_of_another_issuer", all -> all.put("iss", "https://evil.example")),
                tokens("answer_of_another_issuer", all -> all.remove("iss")),
                tokens("wrong_audience", all -> all.put("aud", "another-client")),
                tokens("wrong_audience", all -> all.remove("aud")),
                tokens("wrong_authorized_party", all -> all.put("aud", List.of("hansard", "another-client"))),
                tokens("wrong_authorized_party", all -> all.put("azp", "another-client")),
                tokens("expired", all -> all.put("exp", now - 31)),
                tokens("expired", all -> all.put("iat", now - HOUR)),
                tokens("issued_in_future", all -> all.put("iat", now + 31)),
                tokens("not_yet_valid", all -> all.put("nbf", now + 31)),
                tokens("without_times", all -> all.remove("exp")),
                tokens("without_times", all -> all.remove("iat")),
                tokens("wrong_type", all -> all.put("events", Map.of())),
                tokens("invalid_subject", all -> all.remove("sub")),
                tokens("invalid_groups", all -> all.put("groups", 7)),
                tokens("wrong_access_token", all -> all.put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
                tokens("proven", all -> all.put("at_hash", AT_HASH)),
                tokens("helidon_refused", all -> all.put("exp", now - 1)),
                tokens("proven", all -> all.put("azp", "hansard")),
                tokens("proven", all -> {
                    all.put("iat", now - 60);
                    all.put("exp", now - 29);
                }),
                tokens("proven", all -> all.remove("groups")));
    }

    private static Arguments tokens(String word, Consumer<Map<String, Object>> bend) {
        return Arguments.of(word, bend);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void looksAtEachClaim(String word, Consumer<Map<String, Object>> bend) {
        issuer.bendClaims(bend);

        assertThat(end()).isEqualTo(word);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("wrong_algorithm", Map.of("alg", "none", "kid", "k1")),
                Arguments.of("wrong_algorithm", Map.of("alg", "HS256", "kid", "k1")),
                Arguments.of("wrong_algorithm", Map.of("alg", "ES384", "kid", "k1")),
                Arguments.of("unknown_key", Map.of("alg", "ES256", "kid", "k2")),
                Arguments.of("forbidden_header", Map.of("alg", "ES256", "kid", "k1", "jku", "https://evil.example")),
                Arguments.of("wrong_type", Map.of("alg", "ES256", "kid", "k1", "typ", "at+jwt")),
                Arguments.of("wrong_type", Map.of("alg", "ES256", "kid", "k1", "typ", "logout+jwt")),
                Arguments.of("proven", Map.of("alg", "ES256", "kid", "k1")));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void looksAtTheHeader(String word, Map<String, Object> header) {
        issuer.useHeader(header);

        assertThat(end()).isEqualTo(word);
    }

    @Test
    void authenticatesByTheFormWhereTheIssuerTakesNoBasic() {
        issuer.bendMetadata(
                document -> document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post")));

        assertThat(end()).isEqualTo("proven");
    }

    @Test
    void saysThatTheIssuerDoesNotKnowTheClient() {
        try (SignIn other = started(Map.of("client-secret", "another"))) {
            var away = (Beginning.Away) other.begin("the-state", BACK);

            assertThat(word(away.attempt(), answer(away.to()))).isEqualTo("client_refused");
        }
    }

    @Test
    void needsTheIssuerToNameItselfOnlyWhereItSaysSo() {
        issuer.bendMetadata(document -> document.remove("authorization_response_iss_parameter_supported"));
        issuer.bendAnswer(answer -> answer.remove("iss"));

        assertThat(end()).isEqualTo("proven");
    }

    static Stream<Consumer<Map<String, Object>>> documents() {
        return Stream.of(
                document -> document.put("issuer", "https://evil.example"),
                document -> document.remove("issuer"),
                document -> document.put("token_endpoint", "http://id.example.com/token"),
                document -> document.remove("authorization_endpoint"),
                document -> document.put("authorization_endpoint", "javascript:alert(1)"),
                document -> document.put("code_challenge_methods_supported", List.of("plain")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void sendsNobodyToAnIssuerWithoutGoodMetadata(Consumer<Map<String, Object>> bend) {
        issuer.bendMetadata(bend);

        Beginning beginning = signIn.begin("the-state", BACK);

        assertThat(beginning).isEqualTo(new Beginning.Unavailable("issuer_unreachable"));
        assertThat(signIn.troubles()).anyMatch(trouble -> trouble.contains("corp: the discovery document"));
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheIssuerIsDownAndTriesAgain() {
        assertThat(end()).isEqualTo("proven");
        issuer.goDown();
        clock.move(Discovery.LIFE);

        assertThat(signIn.begin("the-state", BACK)).isInstanceOf(Beginning.Away.class);
        assertThat(signIn.troubles()).anyMatch(trouble -> trouble.contains("status 503"));
    }

    @Test
    void leavesOutANameThatCannotBeShown() {
        issuer.bendClaims(all -> {
            all.put("name", 7);
            all.put("email", "a".repeat(Person.LONGEST_TEXT + 1));
        });
        Beginning.Away away = begin();

        Outcome outcome = away.attempt().finish(answer(away.to()));

        assertThat(outcome).isEqualTo(new Outcome.Proven(new Person(ANN.caller(), null, null)));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("issuer", "http://id.example.com"),
                Arguments.of("client-id", " "),
                Arguments.of("client-secret", " "),
                Arguments.of("scopes", List.of("profile")),
                Arguments.of("scopes", List.of("openid", "two words")),
                Arguments.of("algorithms", List.of("none")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("misfits")
    void saysWhichOptionDoesNotFit(String key, Object value) {
        assertThatThrownBy(() -> started(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo(key));
    }
}
