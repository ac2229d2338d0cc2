// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes whose catalog and control data lie in PostgreSQL. */
@Timeout(120)
class PostgresNodeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How long after the database is back all must be found: F8 of the threat model. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedUpstream upstream = ScriptedUpstream.with((_, out, _) -> {
        ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        return true;
    });
    private int port;
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        postgres = postgres();
    }

    private EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
        upstream.close();
        client.close();
    }

    private RunningNode node(String name) throws IOException {
        return RunningNode.configured(
                Files.createDirectories(folder.resolve(name)), """
                version: 1
                listeners: { default: { address: '127.0.0.1:0', identity: [anyone] } }
                admin: { address: '127.0.0.1:0' }
                identity: { providers: { anyone: { type: anonymous } } }
                services: { test: { upstream: 'http://127.0.0.1:%d', match: [{ path-prefix: / }] } }
                storage:
                  data-dir: data
                  catalog: { type: postgresql, url: 'jdbc:postgresql://localhost:%d/postgres', username: postgres }
                """.formatted(upstream.port(), port));
    }

    private int call(RunningNode node, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Set<String> targets(RunningNode node) throws IOException {
        HttpResponse<String> answer = node.list("");
        var targets = new HashSet<String>();
        for (JsonNode item : JSON.readTree(answer.body()).path("items")) {
            assertThat(targets.add(item.at("/request/target").asText())).isTrue();
        }
        return targets;
    }

    private static void awaitTargets(RunningNode node, Set<String> expected) {
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(targets(node)).isEqualTo(expected));
    }

    @Test
    void findsAfterARestartWhatItRecordedBefore() throws Exception {
        try (var node = node("one")) {
            call(node, "/first");
            assertThat(node.session("/first").get("node").asText()).isNotEmpty();
        }

        try (var node = node("one")) {
            assertThat(targets(node)).containsExactly("/first");
            call(node, "/second");
            awaitTargets(node, Set.of("/first", "/second"));
            assertThat(node.session("/first").at("/response/status").asInt()).isEqualTo(200);
        }
        assertThat(folder.resolve("one/data/catalog")).doesNotExist();
        assertThat(folder.resolve("one/data/control")).doesNotExist();
    }

    @Test
    void findsWhatAnotherNodeRecorded() throws Exception {
        try (var one = node("one");
                var two = node("two")) {
            call(one, "/by-one");
            call(two, "/by-two");

            awaitTargets(one, Set.of("/by-one", "/by-two"));
            awaitTargets(two, Set.of("/by-one", "/by-two"));
        }
    }

    @Test
    void goesOnWithoutTheDatabaseAndLosesNothing() throws Exception {
        var expected = new HashSet<String>();
        try (var node = node("one")) {
            for (int i = 0; i < 20; i++) {
                assertThat(call(node, "/before-" + i)).isEqualTo(200);
                expected.add("/before-" + i);
            }
            kill();
            for (int i = 0; i < 20; i++) {
                assertThat(call(node, "/without-" + i)).isEqualTo(200);
                expected.add("/without-" + i);
            }

            // It has nothing to stop any more, but lets go of its folder.
            postgres.close();
            postgres = postgres();

            awaitTargets(node, expected);
        }
    }

    @Test
    void startsWithoutTheDatabaseThatItHasUsedBefore() throws Exception {
        try (var node = node("one")) {
            call(node, "/before");
            awaitTargets(node, Set.of("/before"));
        }
        kill();

        try (var node = node("one")) {
            assertThat(call(node, "/without")).isEqualTo(200);

            postgres.close();
            postgres = postgres();

            awaitTargets(node, Set.of("/before", "/without"));
        }
    }

    /** As by a power cut: no process of the server gets to write anything more. */
    private void kill() throws IOException {
        Path pid = folder.resolve("postgres/postmaster.pid");
        var server = ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst()))
                .orElseThrow();
        var all = server.descendants().toList();
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !server.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
        Files.deleteIfExists(pid);
    }
}
