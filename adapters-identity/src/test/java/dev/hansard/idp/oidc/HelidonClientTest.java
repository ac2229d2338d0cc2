// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hansard.idp.jose.CallerClaims;
import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HelidonClientTest {
    private static final Logger HELIDON = Logger.getLogger("io.helidon.security");

    private final HttpServer server = server();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** What the server does with a request. */
    private interface Answering {
        void answer(HttpExchange http) throws IOException, InterruptedException;
    }

    private URI serve(Answering answering) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/token", http -> {
            asked.add(http.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (http) {
                answering.answer(http);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    private static HelidonClient client(@Nullable Secret secret, boolean takesBasic) {
        var settings = new OidcSettings(
                "https://id.example.com",
                "a client & more",
                secret,
                List.of("openid", "groups"),
                new CallerClaims("corp", new ClaimPath("sub"), new ClaimPath("groups")),
                new ClaimPath("name"),
                new ClaimPath("email"),
                Set.of(SignatureAlgorithm.ES256),
                Duration.ofSeconds(30),
                false);
        var metadata = new Metadata(
                URI.create("https://id.example.com/auth?x=y"),
                URI.create("https://id.example.com/token"),
                null,
                takesBasic,
                true);
        return HelidonClient.of(settings, metadata, null);
    }

    private static void send(HttpExchange http, int status, byte[] content) throws IOException {
        http.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        http.getResponseBody().write(content);
    }

    @Test
    void asksForMoreThanAnybodyCanGuess() {
        HelidonClient client = client(null, true);

        HelidonClient.Request one = client.request();
        HelidonClient.Request other = client.request();

        assertThat(one.query())
                .containsOnlyKeys(
                        "client_id", "response_type", "scope", "nonce", "code_challenge", "code_challenge_method")
                .containsEntry("client_id", "a client & more")
                .containsEntry("scope", "openid groups")
                .containsEntry("nonce", one.nonce().reveal());
        assertThat(one.verifier().reveal()).hasSize(43);
        assertThat(one.verifier()).isNotEqualTo(other.verifier());
        assertThat(one.nonce()).isNotEqualTo(other.nonce());
    }

    @Test
    void leavesNoKeyInTheWorkingFolder() {
        client(null, true).request();

        assertThat(Files.exists(Path.of(".helidon-oidc-secret"))).isFalse();
    }

    @Test
    void encodesNameAndSecretForBasic() throws Exception {
        URI token = serve(http -> send(http, 200, new byte[0]));

        client(Secret.of("x:y"), true).post(token, Map.of("grant_type", "a b"));

        // "a+client+%26+more:x%3Ay" in Base64.
        assertThat(asked).containsExactly("Basic YStjbGllbnQrJTI2K21vcmU6eCUzQXk= grant_type=a+b");
    }

    @Test
    void namesAPublicClient() throws Exception {
        URI token = serve(http -> send(http, 200, new byte[0]));

        client(null, true).post(token, Map.of());

        assertThat(asked).containsExactly("null client_id=a+client+%26+more");
    }

    @Test
    void followsNoRedirect() throws Exception {
        URI token = serve(http -> {
            http.getResponseHeaders().set("Location", "/token");
            send(http, 307, new byte[0]);
        });

        int status = client(null, true).post(token, Map.of()).status();

        assertThat(status).isEqualTo(307);
        assertThat(asked).hasSize(1);
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        URI token = serve(http -> send(http, 200, new byte[HelidonClient.LARGEST + 1]));

        assertThatThrownBy(() -> client(null, true).post(token, Map.of())).isInstanceOf(IOException.class);
    }

    @Test
    void waitsForNoAnswerThatDrips() {
        URI token = serve(http -> {
            http.sendResponseHeaders(200, 0);
            var never = new CountDownLatch(1);
            for (int at = 0; at < 100; at++) {
                http.getResponseBody().write(' ');
                http.getResponseBody().flush();
                never.await(200, TimeUnit.MILLISECONDS);
            }
        });

        assertThatThrownBy(() -> client(null, true).post(token, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole answer");
    }

    @Test
    void hasHelidonsSecurityLogNoSecretHoweverMuchItLogs() throws Exception {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler listening = listening(logged);
        Level before = HELIDON.getLevel();
        HELIDON.setLevel(Level.ALL);
        HELIDON.addHandler(listening);
        URI token = serve(http -> send(http, 200, "{\"id_token\":\"the-id-token\"}".getBytes(StandardCharsets.UTF_8)));
        try {
            HelidonClient client = client(Secret.of("the-secret"), false);
            HelidonClient.Request request = client.request();

            client.post(
                    token,
                    Map.of(
                            "code",
                            "the-code",
                            "code_verifier",
                            request.verifier().reveal()));

            assertThat(logged)
                    .noneMatch(line -> line.contains("the-secret")
                            || line.contains("the-code")
                            || line.contains("the-id-token")
                            || line.contains(request.verifier().reveal()));
        } finally {
            HELIDON.removeHandler(listening);
            HELIDON.setLevel(before);
        }
    }

    private static Handler listening(List<String> logged) {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                Object[] parameters = event.getParameters();
                logged.add(event.getMessage() + List.of(parameters == null ? new Object[0] : parameters));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
