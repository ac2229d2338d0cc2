// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect issuer on loopback, where everybody is Ann and nobody is asked. It checks what an issuer has to:
 * the client, the redirect URI, that a code is used once, and the PKCE verifier. What it says can be bent.
 */
public final class OidcIssuer implements AutoCloseable {
    public static final String CLIENT = "hansard";
    public static final String SECRET = "s3cret: with a colon & more";

    private final HttpServer server;
    private final KeyPair key = newKey();
    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger redeemed = new AtomicInteger();
    private volatile Consumer<Map<String, Object>> claims = _ -> {};
    private volatile Consumer<Map<String, Object>> metadata = _ -> {};
    private volatile Consumer<Map<String, String>> answer = _ -> {};
    private volatile Map<String, Object> header = Map.of("alg", "ES256", "kid", "k1", "typ", "JWT");
    private volatile boolean down;
    private volatile String deviceError = "authorization_pending";
    private volatile String deviceCode = "";

    private OidcIssuer(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    public static OidcIssuer start(InstantSource clock) throws IOException {
        var issuer =
                new OidcIssuer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), clock);
        issuer.server.createContext("/.well-known/openid-configuration", issuer::discover);
        issuer.server.createContext("/certs", issuer::certs);
        issuer.server.createContext("/authorize", issuer::authorize);
        issuer.server.createContext("/token", issuer::token);
        issuer.server.createContext("/device", issuer::device);
        issuer.server.start();
        return issuer;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes the claims of ID tokens from now on. */
    public void bendClaims(Consumer<Map<String, Object>> bend) {
        claims = bend;
    }

    public void bendMetadata(Consumer<Map<String, Object>> bend) {
        metadata = bend;
    }

    /** Changes the parameters that browsers are sent back with. */
    public void bendAnswer(Consumer<Map<String, String>> bend) {
        answer = bend;
    }

    public void useHeader(Map<String, Object> other) {
        header = other;
    }

    public void goDown() {
        down = true;
    }

    /** Ann types in the code, and says yes. */
    public void approveDevice() {
        deviceError = "";
    }

    /** What who asks with the code of a device is told from now on. */
    public void refuseDevice(String error) {
        deviceError = error;
    }

    /** How many codes were redeemed, or tried to be. */
    public int redeemed() {
        return redeemed.get();
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void discover(HttpExchange http) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", url());
        document.put("authorization_endpoint", url() + "/authorize?theme=dark");
        document.put("token_endpoint", url() + "/token");
        document.put("device_authorization_endpoint", url() + "/device");
        document.put("jwks_uri", url() + "/certs");
        document.put("code_challenge_methods_supported", List.of("plain", "S256"));
        document.put("authorization_response_iss_parameter_supported", true);
        metadata.accept(document);
        send(http, down ? 503 : 200, json(document));
    }

    private void certs(HttpExchange http) throws IOException {
        var point = ((ECPublicKey) key.getPublic()).getW();
        Map<String, Object> jwk = Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "kid",
                "k1",
                "use",
                "sig",
                "alg",
                "ES256",
                "x",
                base64(bytes(point.getAffineX())),
                "y",
                base64(bytes(point.getAffineY())));
        send(http, 200, json(Map.of("keys", List.of(jwk))));
    }

    private static byte[] bytes(BigInteger number) {
        byte[] bytes = number.toByteArray();
        var padded = new byte[32];
        int taken = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - taken, padded, 32 - taken, taken);
        return padded;
    }

    private void authorize(HttpExchange http) throws IOException {
        URI to = visit(http.getRequestURI());
        http.getResponseHeaders().set("Location", to.toString());
        send(http, 303, "");
    }

    /** What a browser that was sent here is sent back to, without a browser. */
    public URI visit(URI authorize) {
        Map<String, String> asked = parameters(authorize.getRawQuery());
        if (!CLIENT.equals(asked.get("client_id"))
                || !"code".equals(asked.get("response_type"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !"dark".equals(asked.get("theme"))
                || !asked.getOrDefault("scope", "").contains("openid")) {
            throw new AssertionError("not what an issuer is asked: " + asked.keySet());
        }
        String code = "code-" + made.incrementAndGet();
        codes.put(code, asked);
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", asked.get("state"));
        back.put("iss", url());
        answer.accept(back);
        String query = back.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(asked.get("redirect_uri") + "?" + query);
    }

    private void token(HttpExchange http) throws IOException {
        redeemed.incrementAndGet();
        Map<String, String> form =
                parameters(new String(http.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        if (!isClient(http.getRequestHeaders().getFirst("Authorization"), form)) {
            send(http, 401, json(Map.of("error", "invalid_client")));
            return;
        }
        if (String.valueOf(form.get("grant_type")).endsWith(":device_code")) {
            redeemDevice(http, form);
            return;
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null
                || !"authorization_code".equals(form.get("grant_type"))
                || !String.valueOf(asked.get("redirect_uri")).equals(form.get("redirect_uri"))
                || !challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
            send(http, 400, json(Map.of("error", "invalid_grant")));
            return;
        }
        send(http, 200, json(tokens(asked.get("nonce"))));
    }

    private Map<String, Object> tokens(@Nullable String nonce) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("access_token", "access-token-of-ann");
        tokens.put("refresh_token", "refresh-token-of-ann");
        tokens.put("token_type", "Bearer");
        tokens.put("id_token", idToken(nonce));
        return tokens;
    }

    private void device(HttpExchange http) throws IOException {
        Map<String, String> form =
                parameters(new String(http.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        if (!isClient(http.getRequestHeaders().getFirst("Authorization"), form)
                || !form.getOrDefault("scope", "").contains("openid")) {
            send(http, 401, json(Map.of("error", "invalid_client")));
            return;
        }
        deviceCode = "device-code-" + made.incrementAndGet();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("device_code", deviceCode);
        said.put("user_code", "WDJB-MJHT");
        said.put("verification_uri", url() + "/activate");
        said.put("expires_in", 600);
        said.put("interval", 1);
        send(http, 200, json(said));
    }

    private void redeemDevice(HttpExchange http, Map<String, String> form) throws IOException {
        String error = deviceCode.equals(form.get("device_code")) ? deviceError : "invalid_grant";
        if (!error.isEmpty()) {
            send(http, 400, json(Map.of("error", error)));
            return;
        }
        deviceCode = "none";
        send(http, 200, json(tokens(null)));
    }

    private static boolean isClient(@Nullable String authorization, Map<String, String> form) {
        if (authorization == null) {
            return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        String pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return authorization.equals(
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String challenge(String verifier) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String idToken(@Nullable String nonce) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", url());
        all.put("sub", "ann");
        all.put("aud", CLIENT);
        all.put("iat", now);
        all.put("exp", now + 300);
        if (nonce != null) {
            all.put("nonce", nonce);
        }
        all.put("name", "Ann Lee");
        all.put("email", "ann@example.com");
        all.put("groups", List.of("sre"));
        claims.accept(all);
        String signed = base64(json(header).getBytes(StandardCharsets.UTF_8)) + "."
                + base64(json(all).getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A query or form as a map. */
    public static Map<String, String> parameters(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(OidcIssuer::json).collect(Collectors.joining(",", "[", "]"));
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }

    private static void send(HttpExchange http, int status, String text) throws IOException {
        try (http) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            http.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
