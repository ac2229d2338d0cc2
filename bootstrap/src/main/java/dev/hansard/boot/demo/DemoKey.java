// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The issuer's key: P-256, made at the start and never written down. Safe for any number of threads. */
final class DemoKey {
    private static final String ID = "demo";
    private static final int COORDINATE = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    DemoKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** A token in the compact form (RFC 7515 section 7.1), of the type that is said. */
    String signed(String type, String claims) {
        String header = "{\"alg\":\"ES256\",\"typ\":\"" + type + "\",\"kid\":\"" + ID + "\"}";
        String content = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return content + "." + encoded(signature(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] content) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs by ES256", e);
        }
    }

    /** The document of keys (RFC 7517 section 5). */
    String published() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}""".formatted(ID, coordinate(point.getAffineX()), coordinate(point.getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, whole, COORDINATE - length, length);
        return encoded(whole);
    }

    private static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
