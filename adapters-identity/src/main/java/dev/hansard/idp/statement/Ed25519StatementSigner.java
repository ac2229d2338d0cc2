// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerStatement;
import dev.hansard.ports.identity.StatementSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs statements as JWS (RFC 7515) with {@code EdDSA} (RFC 8037). */
final class Ed25519StatementSigner implements StatementSigner {
    private static final String TYPE = "hansard-id+jwt";

    /** Of an encoded public key: the rest, before it, says only that it is one of Ed25519 (RFC 8410). */
    private static final int KEY_BYTES = 32;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrivateKey key;
    private final String header;
    private final String keySet;

    Ed25519StatementSigner(KeyPair pair) {
        this.key = pair.getPrivate();
        byte[] encoded = pair.getPublic().getEncoded();
        String x = base64(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
        String id = thumbprint(x);
        this.header = base64(json(inOrder("alg", "EdDSA", "kid", id, "typ", TYPE)));
        this.keySet = text(Map.of(
                "keys",
                List.of(inOrder("kty", "OKP", "crv", "Ed25519", "x", x, "kid", id, "use", "sig", "alg", "EdDSA"))));
    }

    @Override
    public String sign(CallerStatement statement) {
        String signed = header + "." + base64(json(claims(statement)));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key has signed before", e);
        }
    }

    @Override
    public String keySet() {
        return keySet;
    }

    /** A subject is unique within its provider only, so that is said with it. */
    private static Map<String, Object> claims(CallerStatement statement) {
        Caller caller = statement.caller();
        Map<String, Object> claims = inOrder(
                "iss", statement.issuer().value(),
                "aud", statement.audience().value(),
                "sub", caller.subject(),
                "idp", caller.provider(),
                "groups", caller.groups(),
                "iat", statement.issuedAt().getEpochSecond(),
                "exp", statement.expiresAt().getEpochSecond());
        Map<String, Object> inner = null;
        for (String actor : caller.actors().reversed()) {
            inner = inner == null ? inOrder("sub", actor) : inOrder("sub", actor, "act", inner);
        }
        if (inner != null) {
            claims.put("act", inner);
        }
        return claims;
    }

    private static Map<String, Object> inOrder(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** What anybody names this key by (RFC 7638, RFC 8037 section 2). */
    private static String thumbprint(String x) {
        try {
            byte[] members = json(inOrder("crv", "Ed25519", "kty", "OKP", "x", x));
            return base64(MessageDigest.getInstance("SHA-256").digest(members));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] json(Map<String, Object> value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, ?> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists can be written", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
