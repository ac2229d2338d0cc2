// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.ports.value.Secret;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Security;
import io.helidon.security.SecurityEnvironment;
import io.helidon.security.jwt.jwk.JwkKeys;
import io.helidon.security.providers.oidc.OidcProvider;
import io.helidon.security.providers.oidc.common.OidcConfig;
import io.helidon.security.providers.oidc.common.OidcConfig.ClientAuthentication;
import io.helidon.security.providers.oidc.common.PkceChallengeMethod;
import io.helidon.security.providers.oidc.common.Tenant;
import io.helidon.security.spi.AuditProvider;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClientConfig;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One issuer as Helidon's OIDC module knows it: {@link OidcProvider} makes the request that a browser is sent away
 * with, {@link Tenant} holds the client that speaks to the token endpoint and authenticates there. Helidon gets all
 * that it would fetch or guess, so that it asks nobody by itself: endpoints that were checked, and no keys, since those
 * change while this does not. Safe for any number of threads.
 */
final class HelidonClient {
    /** How long connecting may take, and each silence. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** How long all of a call may take, up to the last byte. */
    static final Duration WHOLE = Duration.ofSeconds(5);

    /** The largest answer that is read: tokens, and little else. */
    static final int LARGEST = 256 * 1024;

    /** Helidon makes the URI that the browser comes back to of this or of the Host field; neither is ever used. */
    private static final String NOT_USED = "https://hansard.invalid";

    /** Helidon's own would log each sign-in as one that failed; Hansard has an audit log. */
    private static final AuditProvider SILENT = () -> _ -> {};

    private final OidcSettings settings;
    private final ClientAuthentication authentication;
    private final Security security;
    private final Tenant tenant;

    private HelidonClient(OidcSettings settings, Metadata issuer, @Nullable SSLContext tls) {
        this.settings = settings;
        this.authentication = authentication(settings, issuer);
        this.security = Security.builder()
                .addAuthenticationProvider(OidcProvider.builder()
                        .oidcConfig(
                                config(settings, issuer, authentication, OidcForm.encoded(settings.clientId()), tls))
                        .discoverTenantConfigProviders(false)
                        .discoverTenantIdProviders(false)
                        .build())
                .addAuditProvider(SILENT)
                .disableTracing()
                .build();
        // For Basic, name and secret are encoded as in a form first (RFC 6749 section 2.3.1), which Helidon leaves out.
        boolean isBasic = authentication == ClientAuthentication.CLIENT_SECRET_BASIC;
        String client = isBasic ? OidcForm.encoded(settings.clientId()) : settings.clientId();
        OidcConfig atTokenEndpoint = config(settings, issuer, authentication, client, tls);
        this.tenant = Tenant.create(atTokenEndpoint, atTokenEndpoint);
    }

    /**
     * A client of an issuer. Asks nobody.
     *
     * @param tls null for the authorities that the JDK believes
     */
    static HelidonClient of(OidcSettings settings, Metadata issuer, @Nullable SSLContext tls) {
        return new HelidonClient(settings, issuer, tls);
    }

    private static ClientAuthentication authentication(OidcSettings settings, Metadata issuer) {
        if (settings.clientSecret() == null) {
            return ClientAuthentication.NONE;
        }
        return issuer.takesBasic() ? ClientAuthentication.CLIENT_SECRET_BASIC : ClientAuthentication.CLIENT_SECRET_POST;
    }

    private static OidcConfig config(
            OidcSettings settings,
            Metadata issuer,
            ClientAuthentication authentication,
            String clientId,
            @Nullable SSLContext tls) {
        Secret secret = settings.clientSecret();
        String shown = secret == null ? "" : secret.reveal();
        OidcConfig.Builder config = OidcConfig.builder()
                .frontendUri(NOT_USED)
                .pkceEnabled(true)
                .pkceChallengeMethod(PkceChallengeMethod.S256)
                .useHeader(false)
                .useParam(false)
                .useCookie(false)
                .logoutEnabled(false)
                // No cookie of Helidon's ever leaves, and to encrypt one it would write a key into the working folder.
                .cookieEncryptionEnabled(false)
                .cookieEncryptionEnabledIdToken(false)
                .cookieEncryptionEnabledRefreshToken(false)
                .cookieEncryptionEnabledTenantName(false)
                .cookieEncryptionEnabledState(false)
                .webclient(client -> limit(client, tls));
        return config.identityUri(URI.create(settings.issuer()))
                .issuer(settings.issuer())
                .audience(settings.clientId())
                .clientId(clientId)
                .clientSecret(
                        authentication == ClientAuthentication.CLIENT_SECRET_BASIC ? OidcForm.encoded(shown) : shown)
                .tokenEndpointAuthentication(authentication)
                .baseScopes(String.join(" ", settings.scopes()))
                .oidcMetadataWellKnown(false)
                .authorizationEndpointUri(issuer.authorization())
                .tokenEndpointUri(issuer.token())
                .signJwk(JwkKeys.builder().build())
                .build();
    }

    /** The form has secrets, so that no redirect is followed. */
    private static void limit(WebClientConfig.Builder client, @Nullable SSLContext tls) {
        client.connectTimeout(SILENCE)
                .readTimeout(WHOLE)
                .followRedirects(false)
                .keepAlive(false)
                .shareConnectionCache(false)
                .servicesDiscoverServices(false);
        if (tls != null) {
            client.tls(each -> each.sslContext(tls));
        }
    }

    /**
     * What a browser is asked to bring to the issuer, and what only we may know of it.
     *
     * @param query without the place to come back to and the state, which are Hansard's
     */
    record Request(Map<String, String> query, Secret nonce, Secret verifier) {}

    /** A request of its own: a state, a nonce and a verifier that Helidon made for it. */
    Request request() {
        SecurityEnvironment nobody = security.environmentBuilder()
                .targetUri(URI.create(NOT_USED + "/"))
                .build();
        AuthenticationResponse answer = security.contextBuilder("sign-in")
                .env(nobody)
                .build()
                .atnClientBuilder()
                .buildAndGet();
        String to = only(answer, HeaderNames.LOCATION.defaultCase());
        // What Helidon would have the browser keep stays here.
        String cookie = only(answer, HeaderNames.SET_COOKIE.defaultCase())
                .split(";", 2)[0]
                .split("=", 2)[1];
        var kept = Json.createReader(
                        new StringReader(new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8)))
                .readObject();
        Map<String, String> query = OidcForm.parsed(to.substring(to.lastIndexOf("?client_id=") + 1));
        query.remove("redirect_uri");
        query.remove("state");
        return new Request(query, Secret.of(kept.getString("nonce")), Secret.of(kept.getString("pkceVerifier")));
    }

    private static String only(AuthenticationResponse answer, String field) {
        List<String> values = answer.responseHeaders().getOrDefault(field, List.of());
        if (values.size() != 1) {
            throw new IllegalStateException("Helidon's provider must send the browser away with one " + field + ", but "
                    + "there are " + values.size());
        }
        return values.getFirst();
    }

    /** An answer of whatever status. Its content may hold secrets. */
    static final class Reply {
        private final int status;
        private final byte[] content;

        private Reply(int status, byte[] content) {
            this.status = status;
            this.content = content;
        }

        int status() {
            return status;
        }

        byte[] content() {
            return content;
        }
    }

    /**
     * Posts a form to an endpoint of the issuer, as the client that the issuer knows.
     *
     * @throws IOException when there is no whole answer in time, or a too long one
     */
    Reply post(URI to, Map<String, String> form) throws IOException, InterruptedException {
        try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> coming = one.submit(() -> send(to, form));
            try {
                // Helidon's own limits end a silence; this one ends an answer that drips.
                return coming.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                throw new IOException("there was no whole answer within " + WHOLE.toMillis() + " ms");
            } catch (ExecutionException e) {
                throw new IOException("there was no answer", e.getCause());
            } finally {
                coming.cancel(true);
            }
        }
    }

    private Reply send(URI to, Map<String, String> form) throws IOException {
        Parameters.Builder parameters = Parameters.builder("oidc-form-params");
        form.forEach(parameters::add);
        // As Helidon's OidcFeature does, in a method that it keeps for itself.
        if (authentication != ClientAuthentication.CLIENT_SECRET_BASIC) {
            parameters.add("client_id", tenant.tenantConfig().clientId());
        }
        if (authentication == ClientAuthentication.CLIENT_SECRET_POST) {
            parameters.add("client_secret", tenant.tenantConfig().clientSecret());
        }
        try (HttpClientResponse response = tenant.appWebClient()
                .post()
                .uri(to)
                .header(HeaderValues.ACCEPT_JSON)
                .submit(parameters.build())) {
            return new Reply(response.status().code(), content(response));
        }
    }

    private static byte[] content(HttpClientResponse response) throws IOException {
        if (!response.entity().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = response.entity().inputStream()) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("the answer is longer than " + LARGEST + " bytes");
            }
            return content;
        }
    }

    /** Where codes are redeemed. */
    URI tokenEndpoint() {
        return tenant.tokenEndpointUri();
    }

    @Override
    public String toString() {
        return "HelidonClient[" + settings.issuer() + "]";
    }
}
