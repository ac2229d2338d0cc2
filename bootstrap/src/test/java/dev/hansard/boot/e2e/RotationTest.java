// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file's and a vault's value that change ten times a second while callers call, and a target that lets in who shows
 * the newest value of each or the one before it, and nobody else.
 */
@Timeout(180)
class RotationTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("hansard.rotation.seconds", 10));
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int CALLERS = 4;
    private static final int WARM_UP = 200;
    /** What all values have in common. */
    private static final String SIGN = "Xq7RoTaTeDvAlUe";

    @TempDir
    Path folder;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile String inVault = "";
    private HttpServer target;
    private HttpServer vault;

    @BeforeEach
    void start() throws IOException {
        target = server(this::answer);
        vault = server(exchange -> answer(
                exchange,
                200,
                "{\"lease_duration\":0,\"data\":{\"data\":{\"value\":\"%s\"},\"metadata\":{}}}".formatted(inVault)));
    }

    @AfterEach
    void stop() {
        target.stop(0);
        vault.stop(0);
    }

    private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String content) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key"));
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("X-Token"));
        seen.add(key);
        seen.add(token);
        boolean isGood = accepted.contains(key) && accepted.contains(token);
        boolean isEcho = exchange.getRequestURI().getPath().startsWith("/echo");
        answer(exchange, isGood ? 200 : 401, isEcho ? "you sent " + key + " and " + token : "{\"ok\":" + isGood + "}");
    }

    private RunningNode node() throws IOException {
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
                      - { type: header, name: X-Api-Key, value: "${file:key}", id: from-file }
                      - type: header
                        name: X-Token
                        id: from-vault
                        value: { vault: { address: "http://127.0.0.1:%d", path: shop, token: "${file:token}" } }
                """.formatted(
                        target.getAddress().getPort(), vault.getAddress().getPort()));
    }

    private void write(String value) throws IOException {
        Path part = Files.writeString(folder.resolve("key.part"), value);
        Files.move(part, folder.resolve("key"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String value(String source, int number) {
        return SIGN + "-of-the-" + source + "-" + number;
    }

    /** The target knows the next values before the sources have them, and forgets those before the last. */
    private int rotateUntilTheEnd(RunningNode node) throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        int number = 0;
        try (var client = HttpClient.newHttpClient()) {
            while (System.nanoTime() - end < 0) {
                long begun = System.nanoTime();
                accepted.remove(value("file", number - 1));
                accepted.remove(value("vault", number - 1));
                number++;
                accepted.add(value("file", number));
                accepted.add(value("vault", number));
                write(value("file", number));
                inVault = value("vault", number);
                rotate(client, node, "from-file");
                rotate(client, node, "from-vault");
                LockSupport.parkNanos(BETWEEN.toNanos() - (System.nanoTime() - begun));
            }
        } finally {
            isOver.set(true);
        }
        return number;
    }

    private void rotate(HttpClient client, RunningNode node, String name) throws IOException, InterruptedException {
        URI uri = URI.create(node.adminUrl() + "/api/v1/credentials/" + name + ":rotate");
        var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        received.add(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private boolean callUntilTheEnd(RunningNode node, int number) throws IOException {
        String method = number % 2 == 0 ? "GET" : "DELETE";
        try (RawClient caller = node.caller()) {
            while (!isOver.get()) {
                String answer = caller.send(method + " /marker-of-a-call HTTP/1.1\r\nHost: a\r\n\r\n")
                        .readResponse();
                if (!answer.startsWith("HTTP/1.1 200")) {
                    failures.add(answer);
                }
                received.add(answer);
                calls.incrementAndGet();
            }
        }
        return true;
    }

    /** Its target repeats what it was sent, so that none of these calls can go well. */
    private boolean askForItUntilTheEnd(RunningNode node) throws IOException {
        while (!isOver.get()) {
            try (RawClient caller = node.caller()) {
                caller.send("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                received.add(caller.readToEnd());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }

    @Test
    void failsNoCallAndShowsNoValueWhileTheyChangeTenTimesASecond() throws Exception {
        Files.writeString(folder.resolve("token"), "s.a-token-of-the-vault");
        write(value("file", 0));
        inVault = value("vault", 0);
        accepted.addAll(List.of(value("file", 0), value("vault", 0)));
        var running = new ArrayList<Future<Boolean>>();
        int rotations;
        try (RunningNode node = node();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> isOver.set(true)) {
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                running.add(threads.submit(() -> callUntilTheEnd(node, number)));
            }
            running.add(threads.submit(() -> askForItUntilTheEnd(node)));
            // A first call takes longer than a value is good for here.
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > WARM_UP);

            rotations = rotateUntilTheEnd(node);

            threads.shutdown();
            for (Future<Boolean> each : running) {
                assertThat(each.get()).isTrue();
            }
            List.of("/api/v1/credentials", "/api/v1/audit?limit=1000", "/api/v1/sessions?limit=1000", "/readyz")
                    .forEach(path -> received.add(node.admin(path).body()));
        }

        assertThat(failures).isEmpty();
        assertThat(rotations).isGreaterThan((int) LENGTH.toSeconds() * 2);
        assertThat(seen).hasSizeGreaterThan(rotations);
        assertThat(received)
                .anyMatch(answer -> answer.contains("credential_reflected"))
                .anyMatch(answer -> answer.contains("from-vault"));
        List<String> spellings = WrittenBytes.spellings(SIGN);
        assertThat(received).noneMatch(answer -> spellings.stream().anyMatch(answer::contains));
        Path data = folder.resolve("data");
        assertThat(WrittenBytes.found(data, List.of("marker-of-a-call", "credential_reflected")))
                .hasSize(2);
        assertThat(WrittenBytes.found(data, spellings)).isEmpty();
    }
}
