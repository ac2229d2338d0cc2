// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.CallerClaims;
import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of one provider.
 *
 * @param issuer the {@code iss} of its tokens, exactly
 * @param clientId what the issuer calls Hansard
 * @param clientSecret null for a client that has none, which PKCE makes bearable
 * @param scopes what is asked for; {@code openid} is among them
 * @param callers where subject and groups are
 * @param nameClaim where the name is
 * @param emailClaim where the e-mail address is
 * @param algorithms what tokens may be signed with
 * @param clockSkew how far the clocks of issuer and node may differ
 * @param onDevice whether command lines may sign people in
 */
record OidcSettings(
        String issuer,
        String clientId,
        @Nullable Secret clientSecret,
        List<String> scopes,
        CallerClaims callers,
        ClaimPath nameClaim,
        ClaimPath emailClaim,
        Set<SignatureAlgorithm> algorithms,
        Duration clockSkew,
        boolean onDevice) {
    OidcSettings {
        scopes = List.copyOf(scopes);
        algorithms = Set.copyOf(algorithms);
    }

    /** Name of the provider in the configuration. */
    String name() {
        return callers.provider();
    }
}
