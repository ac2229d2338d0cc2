// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.idp.jose.Authorities;
import dev.hansard.idp.jose.IssuerOptions;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes sources of what others give out: an issuer's tokens, a vault's secrets. Making one only reads options: nothing
 * is connected to before it is asked.
 */
public final class OutgoingSecrets {
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration LAST_GOOD = Duration.ofDays(1);

    private OutgoingSecrets() {}

    /** Tokens for Hansard itself: {@code type: oauth2-client-credentials}. */
    public static SecretSource clientCredentials(Options options, SecretSource clientSecret) {
        return new ClientCredentials(endpoint(options, clientSecret));
    }

    /**
     * Tokens for callers: {@code type: token-exchange}. One of audience, resource and scope has to say what for, or a
     * caller's token would be changed for one that is good for anything.
     */
    public static TokenExchange exchange(Options options, SecretSource clientSecret) {
        TokenEndpoint endpoint = endpoint(options, clientSecret);
        if (endpoint.asked().isEmpty()) {
            throw options.misfit("audience", "written, or resource or scope, so that the token is for one target");
        }
        return new CallerTokens(endpoint);
    }

    private static TokenEndpoint endpoint(Options options, SecretSource clientSecret) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String key : new String[] {"scope", "audience", "resource"}) {
            if (options.has(key)) {
                asked.put(key, options.text(key));
            }
        }
        String auth = options.text("client-auth", "basic");
        if (!auth.equals("basic") && !auth.equals("post")) {
            throw options.misfit("client-auth", "one of basic, post");
        }
        return new TokenEndpoint(
                IssuerOptions.url(options, "token-url", options.text("token-url")),
                options.text("client-id"),
                clientSecret,
                auth.equals("post"),
                asked,
                new SecretCaller(authorities(options)));
    }

    /** A field of a secret, read with a token. */
    public static SecretSource vault(Options options, SecretSource token, LongSupplier nanos) {
        return vault(options, new VaultLogin.Token(token), nanos);
    }

    /** The same, read as a role; {@code options} has it under {@code approle}. */
    public static SecretSource vaultAsRole(Options options, SecretSource secretId, LongSupplier nanos) {
        Options role = options.section("approle");
        return vault(
                options,
                new VaultLogin.AppRole(segment(role, "mount", "approle"), role.text("role-id"), secretId),
                nanos);
    }

    private static SecretSource vault(Options options, VaultLogin login, LongSupplier nanos) {
        var settings = new VaultSettings(
                IssuerOptions.url(options, "address", options.text("address")),
                segment(options, "mount", "secret"),
                segment(options, "path", ""),
                options.text("field", "value"),
                options.has("namespace") ? options.text("namespace") : null,
                options.duration("refresh", REFRESH, Duration.ofSeconds(1), Duration.ofDays(1)),
                options.duration("last-good", LAST_GOOD, Duration.ofSeconds(1), Duration.ofDays(30)));
        return new VaultSource(settings, login, new SecretCaller(authorities(options)), nanos);
    }

    private static String segment(Options options, String key, String fallback) {
        String text = fallback.isEmpty() ? options.text(key) : options.text(key, fallback);
        if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_./-]{0,254}") || text.contains("..") || text.contains("//")) {
            throw options.misfit(key, "a path of letters, digits and _ . - / without a slash in front");
        }
        return text;
    }

    private static @Nullable Authorities authorities(Options options) {
        Path file = IssuerOptions.authorities(options);
        return file == null ? null : new Authorities(file);
    }
}
