// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer publishes its keys: at a URI that was configured, or at the one that its discovery document names
 * (OpenID Connect Discovery 1.0 section 4).
 */
public sealed interface KeyPublication {
    /** The keys as they are published now. */
    KeySet fetch() throws IOException, InterruptedException, UnusableKeyException;

    /** For messages: the URI without a query. */
    String place();

    /** Keys at a URI. */
    static KeyPublication at(URI keys, Fetch fetch) {
        return new Fixed(keys, fetch);
    }

    /** Keys where the issuer says that they are. */
    static KeyPublication discovered(String issuer, Fetch fetch) {
        return new Discovered(issuer, fetch);
    }

    /**
     * Documents by HTTP within the limits that suit a document of keys.
     *
     * @param authorities a PEM file of those who sign the issuer's certificates; null for those that the JDK believes
     */
    static Fetch overHttp(@Nullable Path authorities) {
        return new HttpFetch(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                authorities == null ? null : new Authorities(authorities));
    }

    /** Whether what comes from there can be believed: over TLS, or without leaving the machine. */
    static boolean isTrustworthy(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return !host.isEmpty()
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && (scheme.equals("https") || (scheme.equals("http") && isLoopback(host)));
    }

    private static boolean isLoopback(String host) {
        return Set.of("localhost", "[::1]").contains(host) || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** At a URI that was configured. */
    record Fixed(URI keys, Fetch fetcher) implements KeyPublication {
        @Override
        public KeySet fetch() throws IOException, InterruptedException, UnusableKeyException {
            return KeySet.parse(fetcher.get(keys));
        }

        @Override
        public String place() {
            return withoutQuery(keys);
        }
    }

    /** Where the issuer's document says; asked each time, because issuers move. */
    record Discovered(String issuer, Fetch fetcher) implements KeyPublication {
        private static final int DEEPEST = 16;

        @Override
        public KeySet fetch() throws IOException, InterruptedException, UnusableKeyException {
            return KeySet.parse(fetcher.get(keysOf(fetcher.get(URI.create(place())))));
        }

        @Override
        public String place() {
            return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                    + "/.well-known/openid-configuration";
        }

        private URI keysOf(byte[] document) throws UnusableKeyException {
            try {
                JsonObject metadata = StrictJson.object(document, DEEPEST);
                if (!issuer.equals(metadata.text("issuer"))) {
                    throw new UnusableKeyException("cannot be found: the document names another issuer");
                }
                String keys = metadata.text("jwks_uri");
                URI uri = new URI(keys == null ? "" : keys);
                if (!isTrustworthy(uri)) {
                    throw new UnusableKeyException("cannot be found: 'jwks_uri' of the document is no https URL");
                }
                return uri;
            } catch (FlawedTokenException | URISyntaxException _) {
                throw new UnusableKeyException("cannot be found: the document is no JSON object that names it");
            }
        }
    }
}
