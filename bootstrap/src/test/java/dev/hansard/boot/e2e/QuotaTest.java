// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Quotas, alerts and the check of what is stored, in a whole node. */
@Timeout(180)
class QuotaTest {
    /** A node looks each minute, and the first time perhaps before anything is sealed. */
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** More than a quarter of the least quota. */
    private static final int CONTENT = 6 << 20;

    private static final int CALLS = 4;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HttpServer hook = hook();
    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @AfterEach
    void stop() {
        upstream.close();
        hook.stop(0);
    }

    private HttpServer hook() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfiguredNode node(String whenFull, String durability) {
        String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/";
        return ConfiguredNode.start(
                folder,
                """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  pay:
                    upstream: "http://127.0.0.1:%d"
                    match: [{ path-prefix: / }]
                    record: %s
                retention: { quota: { default: 16MiB, when-full: %s } }
                sinks: { ops: { type: webhook, url: "%s", secret: "${env:HOOK}" } }
                """.formatted(upstream.port(), durability, whenFull, url),
                Map.of("HOOK", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    private static String call(ConfiguredNode node, int bytes) throws IOException {
        var random = new byte[bytes * 3 / 4];
        new Random(bytes).nextBytes(random);
        String content = Base64.getEncoder().encodeToString(random);
        try (RawClient caller = node.caller("in")) {
            caller.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: " + content.length()
                    + "\r\nConnection: close\r\n\r\n" + content);
            return caller.readToEnd();
        }
    }

    private static long listed(ConfiguredNode node) {
        return node.run("", "sessions", "ls", "-o", "id", "").out().lines().count();
    }

    private void recordTooMuch() throws IOException {
        try (ConfiguredNode first = node("reject", "{ durability: strict }")) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(call(first, CONTENT)).startsWith("HTTP/1.1 200");
            }
            await().atMost(LIMIT).until(() -> listed(first) == CALLS);
        }
    }

    @Test
    void refusesCallsOfAServiceThatIsFullAndTellsOperators() throws IOException {
        recordTooMuch();

        try (ConfiguredNode node = node("reject", "{ durability: strict }")) {
            await().atMost(LIMIT).until(() -> call(node, 8).startsWith("HTTP/1.1 503"));
            await().atMost(LIMIT).until(() -> told.size() == 1);
            Screen stat = node.run("", "storage", "stat");

            assertThat(call(node, 8)).contains("\"code\":\"quota_exceeded\"", "Retry-After: 60");
            assertThat(told.getFirst()).contains("\"type\":\"alert.raised\"", "quota:pay", "\"state\":\"full\"");
            assertThat(stat.out()).contains("pay", "%!", "█");
            assertThat(stat.err()).contains("alert quota:pay full:");
            assertThat(node.get("", "/api/v1/counters").body())
                    .contains("\"hansard_alerts_raised_total\":1", "quota_exceeded");
            assertThat(node.get("", "/api/v1/audit").body()).contains("alert_raised", "quota:pay: ok -> full");
        }

        try (ConfiguredNode again = node("reject", "{ durability: strict }")) {
            await().atMost(LIMIT).until(() -> call(again, 8).startsWith("HTTP/1.1 503"));

            assertThat(again.get("", "/api/v1/counters").body()).contains("\"hansard_alerts_raised_total\":0");
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void letsRelaxedCallsThroughWithoutContentsWhereThatIsWanted() throws IOException {
        recordTooMuch();

        try (ConfiguredNode node = node("reject", "{ durability: relaxed, on-overload: metadata }")) {
            await().atMost(LIMIT).until(() -> told.size() == 1);
            assertThat(call(node, 80)).startsWith("HTTP/1.1 200");
            await().atMost(LIMIT).until(() -> listed(node) == CALLS + 1);

            assertThat(node.get("", "/api/v1/counters").body()).contains("\"partial\":1");
        }
    }

    @Test
    void removesTheOldestAndChecksWhatIsLeft() throws IOException {
        recordTooMuch();

        try (ConfiguredNode node = node("prune-oldest", "{ durability: strict }")) {
            await().atMost(LIMIT).until(() -> listed(node) < CALLS);
            assertThat(node.get("", "/api/v1/audit").body()).contains("sessions_removed", "pay/default quota:");
            assertThat(call(node, CONTENT / 2)).startsWith("HTTP/1.1 200");
        }
        try (ConfiguredNode node = node("prune-oldest", "{ durability: strict }")) {
            Screen whole = Screen.piped(Map.of("HANSARD_ADMIN", node.adminUrl()));
            int isWhole = whole.run("storage", "check");
            Path segment = segment();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 1;
            Files.write(segment, bytes);
            Screen damaged = Screen.piped(Map.of("HANSARD_ADMIN", node.adminUrl()));
            int isDamaged = damaged.run("storage", "check", "-o", "json");

            assertThat(isWhole).as(whole.out() + whole.err()).isZero();
            assertThat(whole.err()).contains("all is well");
            assertThat(isDamaged).isEqualTo(1);
            assertThat(damaged.out()).contains(segment.getFileName().toString(), "are not those that were stored");
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(".warc.zst"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
