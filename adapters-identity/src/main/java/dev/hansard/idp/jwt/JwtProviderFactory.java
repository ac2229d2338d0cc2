// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.Fetch;
import dev.hansard.idp.jose.IssuerOptions;
import dev.hansard.idp.jose.KeyPublication;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.idp.jose.MediaTypes;
import dev.hansard.idp.jwt.JwtSettings.Bound;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes providers of type {@code jwt}: callers that show an access token of an OpenID Connect or OAuth issuer. */
public final class JwtProviderFactory implements IdentityProviderFactory {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Types of tokens that are not for showing to a resource, whatever is configured. */
    private static final Set<String> OTHER_TYPES = Set.of("dpop+jwt", "logout+jwt", "secevent+jwt", "");

    private static final String NONCE_KEY = "dpop-nonce-key";
    private static final int SHORTEST_NONCE_KEY = 32;

    private final Fetching fetching;

    /** One whose providers fetch keys over HTTP. */
    public JwtProviderFactory() {
        this(KeyPublication::overHttp);
    }

    JwtProviderFactory(Fetching fetching) {
        this.fetching = fetching;
    }

    /** How keys are fetched, given the authorities to believe. */
    interface Fetching {
        Fetch believing(@Nullable Path authorities);
    }

    @Override
    public String type() {
        return "jwt";
    }

    @Override
    public IdentityProvider create(Options options, Surroundings surroundings) {
        JwtSettings settings = settings(options);
        var keys = new Keyring(
                options.name(),
                publication(options, settings.issuer()),
                options.duration("keys-refresh", MINUTE.multipliedBy(5), SECOND.multipliedBy(10), DAY),
                options.duration("keys-last-good", DAY, Duration.ZERO, DAY.multipliedBy(30)),
                surroundings);
        var proofs = new DpopProofs(settings, nonces(options, surroundings), surroundings);
        return new JwtProvider(settings, keys, proofs, surroundings);
    }

    private static @Nullable ProofNonces nonces(Options options, Surroundings surroundings) {
        if (!options.has(NONCE_KEY)) {
            return null;
        }
        Secret key = options.secret(NONCE_KEY);
        if (key.reveal().length() < SHORTEST_NONCE_KEY) {
            throw options.misfit(NONCE_KEY, "a secret of at least " + SHORTEST_NONCE_KEY + " chars");
        }
        return new ProofNonces(key, surroundings.wall());
    }

    private static JwtSettings settings(Options options) {
        Options claims = options.section("claims");
        return new JwtSettings(
                options.name(),
                IssuerOptions.issuer(options),
                audiences(options),
                options.truth("single-audience", false),
                IssuerOptions.claim(claims, "subject", "sub"),
                IssuerOptions.claim(claims, "groups", "groups"),
                types(options),
                IssuerOptions.algorithms(options),
                options.duration("clock-skew", SECOND.multipliedBy(30), Duration.ZERO, MINUTE.multipliedBy(2)),
                options.duration("max-lifetime", DAY, MINUTE, DAY.multipliedBy(365)),
                bound(options),
                options.truth("forward", false),
                (int) options.whole("cached-tokens", 10_000, 0, 1_000_000),
                options.duration("proof-life", MINUTE, SECOND.multipliedBy(5), MINUTE.multipliedBy(5)),
                (int) options.whole("remembered-proofs", 250_000, 1_000, 10_000_000));
    }

    private KeyPublication publication(Options options, String issuer) {
        Fetch fetch = fetching.believing(IssuerOptions.authorities(options));
        return options.has("jwks-url")
                ? KeyPublication.at(IssuerOptions.url(options, "jwks-url", options.text("jwks-url")), fetch)
                : KeyPublication.discovered(issuer, fetch);
    }

    private static Set<String> audiences(Options options) {
        List<String> audiences = options.texts("audience", List.of());
        if (audiences.isEmpty() || audiences.contains("")) {
            throw options.misfit("audience", "written: what the issuer calls Hansard in 'aud', one text or a list");
        }
        return new HashSet<>(audiences);
    }

    private static Set<String> types(Options options) {
        Set<String> types = options.texts("token-types", List.of("at+jwt")).stream()
                .map(MediaTypes::shortened)
                .collect(Collectors.toSet());
        if (types.isEmpty() || types.stream().anyMatch(OTHER_TYPES::contains)) {
            throw options.misfit(
                    "token-types",
                    "types of access tokens: 'at+jwt' (RFC 9068), 'JWT', 'none' for tokens without 'typ'");
        }
        return types;
    }

    private static Bound bound(Options options) {
        return switch (options.text("require-bound", "none")) {
            case "none" -> Bound.FREE;
            case "dpop" -> Bound.DPOP;
            case "mtls" -> Bound.MTLS;
            case "any" -> Bound.ANY;
            default -> throw options.misfit("require-bound", "'none', 'dpop', 'mtls' or 'any'");
        };
    }
}
