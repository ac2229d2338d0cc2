// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of a whole node, from the configuration to the target and to the record. */
@Timeout(120)
class CredentialsTest {
    private static final String VALUE = "first-canary-value-4711";

    @TempDir
    Path folder;

    private HttpServer target;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startTarget() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", this::answer);
        target.start();
    }

    @AfterEach
    void stopTarget() {
        target.stop(0);
    }

    /** Notes what came in; lets nobody in at {@code /strict} but with the newest value of the file. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        seen.add(exchange.getRequestURI() + " X-Api-Key=" + headers.get("X-Api-Key") + " Authorization="
                + headers.get("Authorization")
                + (headers.containsKey("Shop-Token") ? " Shop-Token=" + headers.get("Shop-Token") : ""));
        boolean isRefused = exchange.getRequestURI().getPath().startsWith("/strict")
                && !String.valueOf(headers.getFirst("X-Api-Key")).equals(Files.readString(folder.resolve("accepted")));
        byte[] content = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isRefused ? 401 : 200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    private RunningNode node(String credentials) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  shop:
                    upstream: http://127.0.0.1:%d
                    match: [{ path-prefix: / }]
                    credentials:
                %s
                """.formatted(target.getAddress().getPort(), credentials.indent(6)));
    }

    private void write(String value) throws IOException {
        Path part = Files.writeString(folder.resolve("key.part"), value + "\n");
        Files.move(part, folder.resolve("key"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String get(RunningNode node, String target, String... fields) throws IOException {
        try (RawClient caller = node.caller()) {
            caller.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields)
                    + (fields.length == 0 ? "" : "\r\n") + "Connection: close\r\n\r\n");
            return caller.readToEnd();
        }
    }

    @Test
    void setsAFieldThatNoCallerCanSetOrStripItself() throws IOException {
        write(VALUE);
        try (RunningNode node = node("""
                - { type: header, name: X-Api-Key, value: "${file:key}" }
                - { type: header, name: Shop-Token, prefix: Key, value: "${file:key}", id: shop-token }
                """)) {
            String plain = get(node, "/a", "X-Api-Key: mine", "x.api.key: mine", "SHOP-TOKEN: mine");
            String nominated = get(node, "/b", "Shop-Token: mine", "Connection: shop-token");
            String known = get(node, "/c", "Connection: x-api-key");

            assertThat(List.of(plain, nominated)).allMatch(answer -> answer.startsWith("HTTP/1.1 200"));
            assertThat(known).startsWith("HTTP/1.1 400");
            assertThat(seen)
                    .containsExactly(
                            "/a X-Api-Key=[" + VALUE + "] Authorization=null Shop-Token=[Key " + VALUE + "]",
                            "/b X-Api-Key=[" + VALUE + "] Authorization=null Shop-Token=[Key " + VALUE + "]");
        }
    }

    @Test
    void setsAQueryPairAndBasicAndHasNoneOfThemOnRecord() throws IOException {
        write(VALUE);
        try (RunningNode node = node("""
                - { type: query, name: api_key, value: "${file:key}" }
                - { type: basic, username: hansard, password: "${file:key}", id: shop-login }
                """)) {
            get(node, "/a?x=1&api_key=mine&api%5Fkey=mine&y=2");

            JsonNode session = node.session("/a?x=1&y=2&api_key=***");
            assertThat(seen)
                    .containsExactly("/a?x=1&y=2&api_key=" + VALUE
                            + " X-Api-Key=null Authorization=[Basic aGFuc2FyZDpmaXJzdC1jYW5hcnktdmFsdWUtNDcxMQ==]");
            assertThat(session.at("/credentials").findValuesAsText("name")).containsExactly("shop-query", "shop-login");
            assertThat(session.at("/credential/version").asText()).matches("[a-z2-7]{10}");
            assertThat(session.toString()).doesNotContain(VALUE, "aGFuc2FyZDpmaXJzdC1j");
        }
    }

    @Test
    void takesAChangedFileUpAndKeepsTheOldValueForTheOverlap() throws IOException {
        write(VALUE);
        try (RunningNode node = node("- { type: header, name: X-Api-Key, value: \"${file:key}\" }")) {
            get(node, "/a");
            write("second-canary-value-4712");

            await().atMost(Duration.ofSeconds(15)).until(() -> {
                get(node, "/a");
                return seen.getLast().contains("second-canary");
            });

            String state = node.admin("/api/v1/credentials").body();
            assertThat(state)
                    .contains("\"previousVersion\"", "\"previousUntil\"")
                    .doesNotContain("canary");
        }
    }

    @Test
    void triesTheOtherVersionOnceWhereNothingIsSentTwice() throws IOException {
        write(VALUE);
        Files.writeString(folder.resolve("accepted"), VALUE);
        try (RunningNode node = node("- { type: header, name: X-Api-Key, value: \"${file:key}\" }")) {
            get(node, "/strict/old");
            write("second-canary-value-4712");
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                get(node, "/a");
                return seen.getLast().contains("second-canary");
            });
            seen.clear();

            String retried = get(node, "/strict/get");
            String posted;
            try (RawClient caller = node.caller()) {
                caller.send(
                        "POST /strict/post HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
                posted = caller.readToEnd();
            }

            assertThat(retried).startsWith("HTTP/1.1 200");
            assertThat(posted).startsWith("HTTP/1.1 401");
            assertThat(seen).hasSize(3);
            assertThat(seen.get(1)).isEqualTo("/strict/get X-Api-Key=[" + VALUE + "] Authorization=null");
        }
    }

    @Test
    void dropsNoCallWhileItIsRotatedAThousandTimes() throws Exception {
        write(VALUE);
        try (RunningNode node = node("- { type: header, name: X-Api-Key, value: \"${file:key}\" }")) {
            var isOver = new AtomicBoolean();
            var failed = new AtomicInteger();
            var done = new AtomicInteger();
            var running = new ArrayList<Future<Boolean>>();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4; i++) {
                    running.add(callers.submit(() -> {
                        try (RawClient caller = node.caller()) {
                            while (!isOver.get()) {
                                String answer = caller.send("GET /load HTTP/1.1\r\nHost: a\r\n\r\n")
                                        .readResponse();
                                failed.addAndGet(answer.startsWith("HTTP/1.1 200") ? 0 : 1);
                                done.incrementAndGet();
                            }
                        }
                        return true;
                    }));
                }
                for (int i = 0; i < 1_000; i++) {
                    write("rotated-canary-value-" + i);
                    assertThat(post(node, "/api/v1/credentials/shop-header:rotate"))
                            .contains("\"changed\":true")
                            .doesNotContain("canary");
                }
                isOver.set(true);
            }

            assertThat(running).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ZERO));
            assertThat(failed).hasValue(0);
            assertThat(done.get()).isGreaterThan(100);
            assertThat(seen).noneMatch(request -> request.contains("X-Api-Key=null"));
            assertThat(seen.stream().distinct().count()).isGreaterThan(20);
        }
    }

    private static String post(RunningNode node, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(node.adminUrl() + path))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Gives tokens that are good for eight seconds, of which four are used. */
    private static HttpServer issuer(AtomicBoolean isDown, AtomicInteger tokens) throws IOException {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] content = ("{\"access_token\":\"issued-token-" + tokens.incrementAndGet()
                            + "\",\"token_type\":\"Bearer\",\"expires_in\":8}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isDown.get() ? 503 : 200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        issuer.start();
        return issuer;
    }

    @Test
    void usesTokensOfAnIssuerToTheirEndAndThenRefusesThisServiceOnly() throws Exception {
        var isDown = new AtomicBoolean();
        var tokens = new AtomicInteger();
        HttpServer issuer = issuer(isDown, tokens);
        write(VALUE);
        try (RunningNode node = RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  plain: { upstream: "http://127.0.0.1:%1$d" }
                  shop:
                    upstream: http://127.0.0.1:%1$d
                    credentials:
                      - type: oauth2-client-credentials
                        token-url: http://127.0.0.1:%2$d/token
                        client-id: hansard
                        client-secret: "${file:key}"
                """.formatted(
                        target.getAddress().getPort(), issuer.getAddress().getPort()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(get(node, "/shop/a")).startsWith("HTTP/1.1 200");
            }
            int asked = tokens.get();
            isDown.set(true);
            String refused = await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(node, "/shop/a"), answer -> !answer.startsWith("HTTP/1.1 200"));

            assertThat(asked).isEqualTo(1);
            assertThat(seen.getFirst()).contains("Authorization=[Bearer issued-token-1]");
            assertThat(refused).startsWith("HTTP/1.1 503").contains("credential_unavailable");
            assertThat(get(node, "/plain/a")).startsWith("HTTP/1.1 200");
            isDown.set(false);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(node, "/shop/a").startsWith("HTTP/1.1 200"));
            assertThat(node.admin("/api/v1/credentials").body()).doesNotContain("issued-token", "canary");
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void refusesAValueThatIsTooShortToBeFoundAgain() throws IOException {
        write("short");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> node("- { type: bearer, token: \"${file:key}\" }").close()))
                .hasMessageContaining("credentials[0].token cannot be used: it has fewer than 8 characters")
                .hasMessageNotContaining("short\"");
    }
}
