// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.CallerClaims;
import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.JsonText;
import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.idp.jose.SigningKey;
import dev.hansard.idp.jose.StrictJson;
import dev.hansard.idp.jose.VerificationKey;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helidon refuses by itself, without Hansard's own gate before it. */
class HelidonTokensTest {
    private static final Secret NONCE = Secret.of("the-nonce");
    private static final long NOW = MovedClock.NOON.getEpochSecond();

    private final HelidonTokens helidon = new HelidonTokens(new OidcSettings(
            "https://id.example.com",
            "hansard",
            null,
            List.of("openid"),
            new CallerClaims("corp", new ClaimPath("sub"), new ClaimPath("groups")),
            new ClaimPath("name"),
            new ClaimPath("email"),
            Set.of(SignatureAlgorithm.ES256),
            Duration.ofSeconds(30),
            false));

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", "https://id.example.com");
        claims.put("aud", "hansard");
        claims.put("sub", "ann");
        claims.put("iat", NOW);
        claims.put("exp", NOW + 300);
        claims.put("nonce", "the-nonce");
        return claims;
    }

    private static VerificationKey published(SigningKey key) {
        try {
            byte[] jwk = JsonText.of(key.jwk()).getBytes(StandardCharsets.UTF_8);
            return VerificationKey.parse(StrictJson.object(jwk, 4));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean takes(SigningKey signing, SigningKey published, Map<String, Object> claims) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(signing.algorithm());
        if (algorithm == null) {
            throw new AssertionError(signing.algorithm());
        }
        return helidon.take(
                Secret.of(signing.sign("JWT", claims)), published(published), algorithm, NONCE, MovedClock.NOON);
    }

    /** Keys of each kind that there is. */
    enum Kind {
        RS256,
        ES256,
        EDDSA;

        SigningKey key(String id) {
            return switch (this) {
                case RS256 -> SigningKey.rsa(id);
                case ES256 -> SigningKey.ec(id);
                case EDDSA -> SigningKey.ed25519(id);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesATokenOfTheIssuer(Kind kind) {
        SigningKey key = kind.key("k1");

        assertThat(takes(key, key, claims())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256"})
    void refusesTheSignatureOfAnotherKey(Kind kind) {
        SigningKey key = kind.key("k1");

        assertThat(takes(key, kind.key("k1"), claims())).isFalse();
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("iss", "https://evil.example"),
                Arguments.of("aud", "another-client"),
                Arguments.of("exp", NOW - 31),
                Arguments.of("iat", NOW + 31),
                Arguments.of("nbf", NOW + 31),
                Arguments.of("nonce", "another"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void looksAtEachClaim(String claim, Object value) {
        SigningKey key = SigningKey.ec("k1");
        Map<String, Object> claims = claims();
        claims.put(claim, value);

        assertThat(takes(key, key, claims)).isFalse();
    }

    @Test
    void refusesWhatIsNoToken() {
        VerificationKey key = published(SigningKey.ec("k1"));

        assertThat(helidon.take(Secret.of("a.b.c"), key, SignatureAlgorithm.ES256, NONCE, MovedClock.NOON))
                .isFalse();
    }
}
