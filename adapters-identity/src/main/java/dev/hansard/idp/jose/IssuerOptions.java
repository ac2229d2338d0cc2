// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.ports.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is configured alike of every issuer, whatever its tokens are for. */
public final class IssuerOptions {
    private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA");

    private IssuerOptions() {}

    /** The issuer, exactly as its tokens name it. */
    public static String issuer(Options options) {
        String issuer = options.text("issuer");
        if (url(options, "issuer", issuer).getRawQuery() != null) {
            throw options.misfit("issuer", "a URL without a query");
        }
        return issuer;
    }

    /** A URL that can be believed. */
    public static URI url(Options options, String key, String text) {
        try {
            var uri = new URI(text);
            if (KeyPublication.isTrustworthy(uri)) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // As below.
        }
        throw options.misfit(key, "an https URL without user and fragment; http only to a loopback address");
    }

    /** Who must have signed the issuer's certificate; null for those that the JDK believes. */
    public static @Nullable Path authorities(Options options) {
        try {
            return options.has("ca-file") ? Path.of(options.text("ca-file")) : null;
        } catch (InvalidPathException _) {
            throw options.misfit("ca-file", "the path of a PEM file");
        }
    }

    /** Where a claim is. */
    public static ClaimPath claim(Options claims, String key, String fallback) {
        String path = claims.text(key, fallback);
        if (path.isBlank()) {
            throw claims.misfit(key, "the name of a claim, or a path such as 'realm_access.roles'");
        }
        return new ClaimPath(path);
    }

    /** What tokens may be signed with. */
    public static Set<SignatureAlgorithm> algorithms(Options options) {
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (String name : options.texts("algorithms", ALGORITHMS)) {
            SignatureAlgorithm algorithm = SignatureAlgorithm.named(name);
            if (algorithm == null) {
                throw options.misfit("algorithms", "some of " + allAlgorithms());
            }
            algorithms.add(algorithm);
        }
        if (algorithms.isEmpty()) {
            throw options.misfit("algorithms", "some of " + allAlgorithms());
        }
        return algorithms;
    }

    private static String allAlgorithms() {
        return Arrays.stream(SignatureAlgorithm.values())
                .map(SignatureAlgorithm::inTokens)
                .collect(Collectors.joining(", "));
    }
}
