// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.jose.IssuerOptions;
import dev.hansard.idp.jose.KeyPublication;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of one provider. The same for people and for programs, so that one name serves both.
 *
 * @param name name of the provider in the configuration
 * @param source where the issuer's metadata is
 * @param issuer the issuer's entity id; null for the only one in the metadata
 * @param entityId ours
 * @param terms how long metadata is believed
 * @param subjects where an assertion says who it is about
 * @param limits of assertions
 * @param tokens of callers
 */
record SamlOptions(
        String name,
        MetadataSource source,
        @Nullable String issuer,
        String entityId,
        IssuerMetadata.Terms terms,
        SamlSubjects subjects,
        Limits limits,
        Tokens tokens) {
    private static final int LONGEST_ENTITY_ID = 1_024; // SAML core, section 8.3.6.
    private static final int LEAST_KEY_BYTES = 32;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Limits of assertions.
     *
     * @param clockSkew how far the clocks of issuer and node may differ
     * @param maxLifetime the longest that an assertion may hold
     * @param remembered how many are remembered to tell a replay
     */
    record Limits(Duration clockSkew, Duration maxLifetime, int remembered) {}

    /**
     * Of the tokens that callers get for assertions.
     *
     * @param url what assertions must name as their recipient; null when callers get none
     * @param life how long one holds
     * @param key what they are made with; null for one that is made when the node starts
     * @param exchangesPerMinute how many exchanges one address may ask for in a minute
     */
    record Tokens(
            @Nullable String url, Duration life, @Nullable Secret key, int exchangesPerMinute) {}

    static SamlOptions read(Options options) {
        Options attributes = options.section("attributes");
        return new SamlOptions(
                options.name(),
                source(options),
                options.has("issuer") ? options.text("issuer") : null,
                entityId(options),
                new IssuerMetadata.Terms(
                        options.duration("metadata-refresh", Duration.ofMinutes(15), Duration.ofSeconds(10), DAY),
                        options.duration("metadata-last-good", DAY, MINUTE, Duration.ofDays(30))),
                new SamlSubjects(
                        options.name(),
                        attributes.text("subject", SamlSubjects.NAME_ID),
                        attributes.text("name", "name"),
                        attributes.text("email", "email"),
                        attributes.text("groups", "groups")),
                limits(options),
                tokens(options));
    }

    private static MetadataSource source(Options options) {
        Path authorities = IssuerOptions.authorities(options);
        if (options.has("metadata-file")) {
            if (options.has("metadata-url")) {
                throw options.misfit("metadata-file", "left out where metadata-url is set");
            }
            return new MetadataSource.OfFile(path(options));
        }
        URI url = IssuerOptions.url(options, "metadata-url", options.text("metadata-url"));
        return new MetadataSource.OfUrl(url, KeyPublication.overHttp(authorities));
    }

    private static Path path(Options options) {
        try {
            return Path.of(options.text("metadata-file"));
        } catch (InvalidPathException _) {
            throw options.misfit("metadata-file", "the path of the identity provider's metadata");
        }
    }

    private static String entityId(Options options) {
        String id = options.text("entity-id");
        try {
            if (id.length() <= LONGEST_ENTITY_ID && new URI(id).isAbsolute()) {
                return id;
            }
        } catch (URISyntaxException _) {
            // As below.
        }
        throw options.misfit("entity-id", "the URI that the identity provider knows Hansard by");
    }

    private static Limits limits(Options options) {
        Duration mostSkew = Duration.ofSeconds(SamlSettings.MOST_SKEW_SECONDS);
        return new Limits(
                options.duration("clock-skew", Duration.ofSeconds(30), Duration.ZERO, mostSkew),
                options.duration("max-lifetime", Duration.ofHours(1), MINUTE, DAY),
                (int) options.whole("remembered-assertions", 100_000, 100, 1_000_000));
    }

    private static Tokens tokens(Options options) {
        return new Tokens(
                options.has("token-url") ? url(options) : null,
                options.duration("token-lifetime", Duration.ofMinutes(5), MINUTE, Duration.ofHours(1)),
                options.has("token-key") ? key(options) : null,
                (int) options.whole("exchanges-per-minute", 60, 1, 100_000));
    }

    private static String url(Options options) {
        String url = options.text("token-url");
        IssuerOptions.url(options, "token-url", url);
        return url;
    }

    private static Secret key(Options options) {
        Secret key = options.secret("token-key");
        if (key.reveal().getBytes(StandardCharsets.UTF_8).length < LEAST_KEY_BYTES) {
            throw options.misfit("token-key", "a secret of at least " + LEAST_KEY_BYTES + " bytes");
        }
        return key;
    }

    /** What messages have to say that come to an address of ours. */
    SamlSettings settings(String issuerId, String endpoint) {
        return new SamlSettings(
                issuerId, entityId, endpoint, limits.clockSkew(), limits.maxLifetime(), limits.remembered());
    }

    IssuerMetadata metadata(Surroundings surroundings) {
        return new IssuerMetadata(name, source, issuer, terms, surroundings);
    }

    AssertionMemory memory(Surroundings surroundings) {
        return new AssertionMemory(limits.remembered(), surroundings.nanos());
    }
}
