// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two calls of the transit engine that matter, as Vault 1.13 and OpenBao 2 document and answer them, with AES-GCM
 * under versions of one key.
 */
final class TransitServer implements AutoCloseable {
    static final String TOKEN = "hvs.CAESIJ";

    private final HttpServer server;
    private final List<SecretKeySpec> versions = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "";

    TransitServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transit/", this::answer);
        server.start();
        rotate();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void rotate() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) (versions.size() + 1));
        versions.add(new SecretKeySpec(key, "AES"));
    }

    /** Answers so from now on. */
    void answering(int code, String text) {
        status = code;
        body = text;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int code = status;
            String text = body;
            if (code == 200 && text.isEmpty()) {
                boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
                code = known ? 200 : 403;
                text = known
                        ? answer(exchange.getRequestURI().getPath(), asked)
                        : "{\"errors\":[\"permission denied\"]}";
            }
            code = text.startsWith("{\"errors\":[\"invalid") ? 400 : code;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(String path, String asked) {
        byte[] purpose = Base64.getDecoder().decode(field(asked, "associated_data"));
        try {
            if (path.equals("/v1/transit/encrypt/hansard")) {
                byte[] nonce = new byte[12];
                new SecureRandom().nextBytes(nonce);
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, versions.size(), nonce, purpose)
                        .doFinal(Base64.getDecoder().decode(field(asked, "plaintext")));
                byte[] all = Arrays.copyOf(nonce, 12 + sealed.length);
                System.arraycopy(sealed, 0, all, 12, sealed.length);
                return "{\"request_id\":\"x\",\"data\":{\"ciphertext\":\"vault:v" + versions.size() + ":"
                        + Base64.getEncoder().encodeToString(all) + "\",\"key_version\":" + versions.size() + "}}\n";
            }
            String[] parts = field(asked, "ciphertext").split(":", -1);
            byte[] all = Base64.getDecoder().decode(parts[2]);
            byte[] clear = cipher(
                            Cipher.DECRYPT_MODE,
                            Integer.parseInt(parts[1].substring(1)),
                            Arrays.copyOf(all, 12),
                            purpose)
                    .doFinal(all, 12, all.length - 12);
            return "{\"data\":{\"plaintext\":\"" + Base64.getEncoder().encodeToString(clear) + "\"}}";
        } catch (GeneralSecurityException _) {
            return "{\"errors\":[\"invalid ciphertext: unable to decrypt\"]}";
        }
    }

    private Cipher cipher(int mode, int version, byte[] nonce, byte[] purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, versions.get(version - 1), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(purpose);
        return cipher;
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError(name + " was not sent");
        }
        return found.group(1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
