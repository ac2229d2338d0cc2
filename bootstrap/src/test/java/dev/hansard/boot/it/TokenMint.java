// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Signs access tokens for as many callers as a test needs, and publishes its key on loopback. */
final class TokenMint implements AutoCloseable {
    private static final String ISSUER = "https://id.example.com";
    private static final Duration LIFE = Duration.ofHours(1);

    private final KeyPair key;
    private final HttpServer server;

    TokenMint() throws IOException, GeneralSecurityException {
        key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var publicKey = (RSAPublicKey) key.getPublic();
        byte[] keys = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"use\":\"sig\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(number(publicKey.getModulus()), number(publicKey.getPublicExponent()))
                .getBytes(StandardCharsets.US_ASCII);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The provider that takes its tokens, as the configuration writes it. */
    String provider() {
        return "{ type: jwt, issuer: '%s', jwks-url: 'http://127.0.0.1:%d/', audience: hansard }"
                .formatted(ISSUER, server.getAddress().getPort());
    }

    String tokenFor(String subject) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"hansard\",\"iat\":%d,\"exp\":%d}"
                .formatted(ISSUER, subject, now, now + LIFE.toSeconds());
        String signed =
                base64(ascii("{\"alg\":\"RS256\",\"kid\":\"1\",\"typ\":\"at+jwt\"}")) + "." + base64(ascii(claims));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(key.getPrivate());
        signer.update(ascii(signed));
        return signed + "." + base64(signer.sign());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
