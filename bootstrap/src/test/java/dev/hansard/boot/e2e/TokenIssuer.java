// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** An issuer of access tokens that are bound to client certificates (RFC 8705), on loopback. */
final class TokenIssuer implements AutoCloseable {
    private static final String ISSUER = "https://id.example.com";

    private final KeyPair key;
    private final HttpServer server;

    private TokenIssuer(KeyPair key, HttpServer server) {
        this.key = key;
        this.server = server;
    }

    static TokenIssuer start() throws IOException, GeneralSecurityException {
        KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var publicKey = (RSAPublicKey) key.getPublic();
        byte[] keys = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"use\":\"sig\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(number(publicKey.getModulus()), number(publicKey.getPublicExponent()))
                .getBytes(StandardCharsets.US_ASCII);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return new TokenIssuer(key, server);
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return base64(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A provider that takes only its bound tokens, as the configuration writes it. */
    String provider(String name) {
        return ("%s: { type: jwt, issuer: '%s', jwks-url: 'http://127.0.0.1:%d/', audience: hansard,"
                        + " require-bound: mtls }")
                .formatted(name, ISSUER, server.getAddress().getPort());
    }

    String tokenFor(String subject, X509Certificate certificate) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String thumbprint = base64(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        String claims = """
                {"iss":"%s","sub":"%s","aud":"hansard","iat":%d,"exp":%d,"cnf":{"x5t#S256":"%s"}}""".formatted(ISSUER, subject, now, now + 300, thumbprint);
        String signed =
                base64("{\"alg\":\"RS256\",\"kid\":\"1\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                        + base64(claims.getBytes(StandardCharsets.US_ASCII));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(key.getPrivate());
        signer.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signer.sign());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
