// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.Post;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Redeems codes for ID tokens. All other tokens are dropped where they come in: Hansard asks the issuer for nothing
 * else. Safe for any number of threads.
 */
final class CodeExchange {
    /** How many codes are redeemed at once; each holds a connection to the issuer. */
    static final int MOST_AT_ONCE = 16;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int DEEPEST = 8;

    private final OidcSettings settings;
    private final Post post;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

    CodeExchange(OidcSettings settings, Post post) {
        this.settings = settings;
        this.post = post;
    }

    /** The ID token of a code. */
    Secret redeem(Metadata issuer, String code, Secret verifier, String back)
            throws FaultException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back);
        form.put("code_verifier", verifier.reveal());
        String authorization = authenticate(issuer, form);
        if (!permits.tryAcquire()) {
            throw new FaultException(Fault.TOO_MANY_AT_ONCE);
        }
        try {
            return read(post.post(issuer.token(), encoded(form), authorization));
        } catch (IOException _) {
            throw new FaultException(Fault.ISSUER_UNREACHABLE);
        } finally {
            permits.release();
        }
    }

    /** Adds to the form, or makes a field of it, who asks (RFC 6749 section 2.3.1). */
    private @Nullable String authenticate(Metadata issuer, Map<String, String> form) {
        Secret secret = settings.clientSecret();
        if (secret == null || !issuer.takesBasic()) {
            form.put("client_id", settings.clientId());
            if (secret != null) {
                form.put("client_secret", secret.reveal());
            }
            return null;
        }
        String pair = encoded(settings.clientId()) + ":" + encoded(secret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static Secret read(Post.Reply reply) throws FaultException {
        if (reply.status() >= FIRST_SERVER_ERROR || reply.status() == TOO_MANY) {
            throw new FaultException(Fault.ISSUER_UNREACHABLE);
        }
        try {
            if (reply.status() != OK) {
                boolean ofClient = reply.status() == UNAUTHORIZED
                        || "invalid_client".equals(reply.object(DEEPEST).text("error"));
                throw new FaultException(ofClient ? Fault.CLIENT_REFUSED : Fault.CODE_REFUSED);
            }
            JsonObject tokens = reply.object(DEEPEST);
            String idToken = tokens.text("id_token");
            if (idToken == null) {
                throw new FaultException(Fault.NO_ID_TOKEN);
            }
            return Secret.of(idToken);
        } catch (FlawedTokenException _) {
            throw new FaultException(Fault.MALFORMED_ANSWER);
        }
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
