// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.idp.jose.Base64Url;
import dev.hansard.idp.jose.CompactJws;
import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.StrictJson;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.spi.Surroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that callers get here and show here. Nobody else verifies them, so that they have a code of authentication
 * with a key that is for nothing else, and no published one: what a node signs for targets can never pass for one, nor
 * one for such a statement. They have one header, issuer and audience, which are not looked at but compared. Safe for
 * any number of threads.
 */
final class CallerTokens {
    /** Whom they are for. No service has such a name, since it has a colon. */
    static final String AUDIENCE = "hansard:callers";

    private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}") + ".";
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final long SKEW_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String provider;
    private final String issuer;
    private final SecretKeySpec key;
    private final Surroundings surroundings;

    /**
     * Tokens of a provider.
     *
     * @param secret the same on all nodes that shall take each other's tokens; null for a key that ends with the node
     */
    CallerTokens(String provider, @Nullable Secret secret, Surroundings surroundings) {
        this.provider = provider;
        this.issuer = "hansard:" + provider;
        this.surroundings = surroundings;
        var made = new byte[KEY_BYTES];
        if (secret == null) {
            surroundings.random().nextBytes(made);
        } else {
            byte[] given = secret.reveal().getBytes(StandardCharsets.UTF_8);
            made = code(new SecretKeySpec(given, HMAC), "tokens of callers\n" + issuer);
        }
        this.key = new SecretKeySpec(made, HMAC);
    }

    /** A token for a caller; null when it has so many groups that no field of a request would hold it. */
    @Nullable
    Secret make(Caller caller, Duration life) {
        long now = surroundings.wall().instant().getEpochSecond();
        var id = new byte[ID_BYTES];
        surroundings.random().nextBytes(id);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", AUDIENCE);
        claims.put("sub", caller.subject());
        claims.put("client_id", caller.subject());
        claims.put("groups", caller.groups());
        claims.put("iat", now);
        claims.put("exp", now + life.toSeconds());
        claims.put("jti", Base64Url.encode(id));
        String signed = HEADER + encoded(json(claims));
        String token = signed + "." + Base64Url.encode(code(key, signed));
        return token.length() > CompactJws.LONGEST ? null : Secret.of(token);
    }

    /** The caller of a token; null when it is none of this provider. */
    @Nullable
    Caller read(String token) throws FlawedTokenException {
        int end = token.lastIndexOf('.');
        if (!token.startsWith(HEADER) || end < HEADER.length()) {
            return null;
        }
        if (token.length() > CompactJws.LONGEST) {
            throw new FlawedTokenException(Flaw.TOO_LONG);
        }
        JsonObject claims = StrictJson.object(Base64Url.decode(token.substring(HEADER.length(), end)), 2);
        if (!issuer.equals(claims.text("iss"))) {
            return null;
        }
        byte[] shown = Base64Url.decode(token.substring(end + 1));
        if (!MessageDigest.isEqual(code(key, token.substring(0, end)), shown)) {
            throw new FlawedTokenException(Flaw.BAD_SIGNATURE);
        }
        return callerOf(claims);
    }

    private Caller callerOf(JsonObject claims) throws FlawedTokenException {
        long now = surroundings.wall().millis();
        Long expires = claims.millis("exp");
        Long issued = claims.millis("iat");
        String subject = claims.text("sub");
        if (!AUDIENCE.equals(claims.text("aud"))) {
            throw new FlawedTokenException(Flaw.WRONG_AUDIENCE);
        }
        if (expires == null || issued == null) {
            throw new FlawedTokenException(Flaw.WITHOUT_TIMES);
        }
        if (now >= expires) {
            throw new FlawedTokenException(Flaw.EXPIRED);
        }
        if (issued - SKEW_SECONDS * 1_000 > now) {
            throw new FlawedTokenException(Flaw.ISSUED_IN_FUTURE);
        }
        if (subject == null) {
            throw new FlawedTokenException(Flaw.INVALID_SUBJECT);
        }
        try {
            return new Caller(provider, subject, claims.texts("groups"));
        } catch (InvalidValueException _) {
            throw new FlawedTokenException(Flaw.INVALID_SUBJECT); // Made by a node of another version.
        }
    }

    private static byte[] code(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Map<String, Object> claims) {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists can be written", e);
        }
    }
}
