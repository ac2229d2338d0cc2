// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.SignatureAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * What is configured of one provider, besides where its keys are.
 *
 * @param name name of the provider
 * @param issuer the {@code iss} of its tokens, exactly
 * @param audiences one of which a token must be for
 * @param singleAudience whether a token must be for nobody else
 * @param subject where the subject is
 * @param groups where the groups are
 * @param types media types of tokens, shortened and in lower case; {@value #UNTYPED} for tokens without one
 * @param algorithms what may be signed with
 * @param clockSkew how far the clocks of issuer and node may differ
 * @param maxLifetime the longest that a token may live
 * @param bound what tokens must be bound to
 * @param forward whether the target gets the token, too
 * @param cachedTokens how many verified tokens are kept
 * @param proofLife how long a DPoP proof holds
 * @param rememberedProofs how many proofs are remembered to tell a replay
 */
record JwtSettings(
        String name,
        String issuer,
        Set<String> audiences,
        boolean singleAudience,
        ClaimPath subject,
        ClaimPath groups,
        Set<String> types,
        Set<SignatureAlgorithm> algorithms,
        Duration clockSkew,
        Duration maxLifetime,
        Bound bound,
        boolean forward,
        int cachedTokens,
        Duration proofLife,
        int rememberedProofs) {
    /** The word for tokens that do not say their type. */
    static final String UNTYPED = "none";

    JwtSettings {
        audiences = Set.copyOf(audiences);
        types = Set.copyOf(types);
        algorithms = Set.copyOf(algorithms);
    }

    /** What tokens must be bound to, so that a stolen one is of no use. */
    enum Bound {
        /** To nothing; those that are bound are verified nevertheless. */
        FREE,
        /** To a key that is proved by each call (RFC 9449). */
        DPOP,
        /** To the client certificate of the connection (RFC 8705). */
        MTLS,
        /** To one of both. */
        ANY
    }
}
