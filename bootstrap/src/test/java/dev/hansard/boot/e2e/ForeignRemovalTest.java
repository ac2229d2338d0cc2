// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.ports.session.S3Proxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over one PostgreSQL and one bucket, of which one removes what the other recorded. */
@Timeout(180)
@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class ForeignRemovalTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String BUCKET = "foreign";

    @TempDir
    private Path folder = Path.of("");

    private final String prefix = UUID.randomUUID().toString();

    private ConfiguredNode node(String name, int upstream, EmbeddedPostgres postgres) throws IOException {
        Path access = Files.writeString(folder.resolve("access"), S3Proxy.ACCESS_KEY);
        Path secret = Files.writeString(folder.resolve("secret"), S3Proxy.SECRET_KEY);
        return ConfiguredNode.start(
                Files.createDirectories(folder.resolve(name)),
                """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services: { pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                storage:
                  data-dir: data
                  catalog: { type: postgresql, url: 'jdbc:postgresql://localhost:%d/postgres', username: postgres }
                  payloads: { type: minio, endpoint: '%s', bucket: %s, prefix: %s, access-key: '${file:%s}',
                    secret-key: '${file:%s}' }
                """.formatted(
                        upstream, postgres.getPort(), S3Proxy.running().endpoint(), BUCKET, prefix, access, secret),
                Map.of());
    }

    private static void call(ConfiguredNode node) throws IOException {
        try (RawClient caller = node.caller("in")) {
            caller.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.readToEnd()).contains("ok");
        }
    }

    private long segments() throws IOException {
        Path stored = S3Proxy.running().file(BUCKET, prefix);
        if (!Files.exists(stored)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(stored)) {
            return files.filter(file -> file.toString().endsWith(".warc.zst")).count();
        }
    }

    private Screen verify(String... more) {
        Screen screen = Screen.piped(Map.of());
        String[] words = Stream.concat(
                        Stream.of(
                                "verify",
                                "--config",
                                folder.resolve("two/hansard.yaml").toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        assertThat(screen.run(words)).as(screen.out() + screen.err()).isIn(ExitCode.DONE, ExitCode.ANSWER_IS_NO);
        return screen;
    }

    @Test
    void isExplainedByTheLedgersOfBoth() throws IOException {
        S3Proxy.running().bucket(BUCKET);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            try (ConfiguredNode two = node("two", upstream.port(), postgres)) {
                call(two);
                call(two);
            }
            // The next process seals what the first one recorded.
            try (ConfiguredNode _ = node("two", upstream.port(), postgres)) {
                await().atMost(LIMIT).untilAsserted(() -> assertThat(segments()).isOne());
            }
            try (ConfiguredNode one = node("one", upstream.port(), postgres)) {
                List<String> ids =
                        one.run("", "sessions", "ls", "-o", "id").out().lines().toList();
                assertThat(ids).hasSize(2);
                Screen erased = one.run("", "sessions", "erase", ids.getFirst(), "--reason", "gdpr");
                assertThat(erased.err()).doesNotContain("error");
            }
            String key = folder.resolve("one/data/ledger.pub").toString();
            assertThat(verify().out()).contains("missing");
            assertThat(verify("--neighbour", key).err()).contains("intact");

            // Back again, it enters what was removed meanwhile.
            node("two", upstream.port(), postgres).close();

            assertThat(verify().err()).contains("intact");
            assertThat(verify("--neighbour", key).err()).contains("intact");
        }
    }
}
