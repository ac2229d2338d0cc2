// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.Authorities;
import dev.hansard.idp.jose.CallerClaims;
import dev.hansard.idp.jose.Fetch;
import dev.hansard.idp.jose.IssuerOptions;
import dev.hansard.idp.jose.KeyPublication;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.SignInFactory;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes ways to sign in of type {@code oidc}: people who have an account at an OpenID Connect issuer. */
public final class OidcFactory implements SignInFactory {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration MOST_SKEW = Duration.ofMinutes(2);
    private static final Duration KEYS_REFRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_LAST_GOOD = Duration.ofDays(1);
    private static final String OPENID = "openid";

    @Override
    public String type() {
        return "oidc";
    }

    @Override
    public SignIn create(Options options, Surroundings surroundings) {
        OidcSettings settings = settings(options);
        Path authorities = IssuerOptions.authorities(options);
        Fetch fetch = KeyPublication.overHttp(authorities);
        var keys = new Keyring(
                options.name(),
                KeyPublication.discovered(settings.issuer(), fetch),
                KEYS_REFRESH,
                KEYS_LAST_GOOD,
                surroundings);
        Issuer.Connector connector = metadata -> new Issuer(
                metadata,
                HelidonClient.of(settings, metadata, authorities == null ? null : new Authorities(authorities).tls()));
        return new OidcSignIn(
                settings,
                new Discovery(settings.name(), settings.issuer(), fetch, connector, surroundings.nanos()),
                keys,
                surroundings.wall());
    }

    private static OidcSettings settings(Options options) {
        Options claims = options.section("claims");
        return new OidcSettings(
                IssuerOptions.issuer(options),
                clientId(options),
                clientSecret(options),
                scopes(options),
                new CallerClaims(
                        options.name(),
                        IssuerOptions.claim(claims, "subject", "sub"),
                        IssuerOptions.claim(claims, "groups", "groups")),
                IssuerOptions.claim(claims, "name", "name"),
                IssuerOptions.claim(claims, "email", "email"),
                IssuerOptions.algorithms(options),
                options.duration("clock-skew", SKEW, Duration.ZERO, MOST_SKEW),
                options.truth("device", false));
    }

    private static String clientId(Options options) {
        String id = options.text("client-id");
        if (id.isBlank()) {
            throw options.misfit("client-id", "what the issuer calls Hansard");
        }
        return id;
    }

    private static @Nullable Secret clientSecret(Options options) {
        if (!options.has("client-secret")) {
            return null;
        }
        Secret secret = options.secret("client-secret");
        if (secret.reveal().isBlank()) {
            throw options.misfit("client-secret", "a secret, or left out for a public client");
        }
        return secret;
    }

    private static List<String> scopes(Options options) {
        List<String> scopes = options.texts("scopes", List.of(OPENID, "profile", "email"));
        boolean areTokens = scopes.stream().allMatch(scope -> scope.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+"));
        if (!scopes.contains(OPENID) || !areTokens) {
            throw options.misfit("scopes", "a list of scopes, 'openid' among them");
        }
        return scopes;
    }
}
