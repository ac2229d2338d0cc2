// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.idp.jose.VerificationKey;
import dev.hansard.ports.value.Secret;
import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.JwtValidator;
import io.helidon.security.jwt.SignedJwt;
import io.helidon.security.jwt.jwk.Jwk;
import io.helidon.security.jwt.jwk.JwkKeys;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Helidon's look at an ID token: signature, issuer, audience, times, critical headers, subject and nonce. It is what
 * {@code OidcProvider} does with a token in a cookie and {@code OidcFeature} with the nonce, but by the clock of this
 * node, with the key that the issuer publishes now, and before anybody is let in.
 */
record HelidonTokens(OidcSettings settings) {
    /** What Helidon 4.3 can verify. Tokens by PS256 or EdDSA are verified by Hansard's own gate alone. */
    private static final Set<String> KNOWN = Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    /** Whether Helidon takes the token, which went through Hansard's own gate before. */
    @SuppressWarnings("CatchingUnchecked") // Helidon throws several kinds at what it cannot read.
    boolean take(Secret text, VerificationKey key, SignatureAlgorithm algorithm, @Nullable Secret nonce, Instant now) {
        try {
            SignedJwt token = SignedJwt.parseToken(text.reveal());
            return isSigned(token, key, algorithm.inTokens())
                    && claims(now).validate(token.getJwt()).isValid()
                    && isOf(token.getJwt(), nonce);
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static boolean isSigned(SignedJwt token, VerificationKey key, String algorithm) {
        if (!KNOWN.contains(algorithm)) {
            return true;
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        key.jwk().forEach(json::add);
        json.add("alg", algorithm);
        token.getJwt().keyId().ifPresent(id -> json.add("kid", id));
        Jwk jwk = Jwk.create(json.build());
        // For a token without the name of a key; what Helidon is given is one key in any case.
        return token.verifySignature(JwkKeys.builder().addKey(jwk).build(), jwk).isValid();
    }

    private JwtValidator claims(Instant now) {
        return JwtValidator.builder()
                .addDefaultTimeValidators(now, settings.clockSkew(), false)
                .addCriticalValidator()
                .addUserPrincipalValidator()
                .addIssuerValidator(settings.issuer())
                .addAudienceValidator(settings.clientId())
                .build();
    }

    private static boolean isOf(Jwt token, @Nullable Secret nonce) {
        return nonce == null
                || token.nonce().filter(said -> Secret.of(said).equals(nonce)).isPresent();
    }
}
