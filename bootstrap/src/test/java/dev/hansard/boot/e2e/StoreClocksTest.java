// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.ports.session.S3Proxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock is a year ahead of the machine that its sessions are stored on. */
@Timeout(120)
class StoreClocksTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String BUCKET = "clocks";

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @AfterEach
    void stop() {
        upstream.close();
    }

    /** Storage is two lines within {@code storage}. */
    private ConfiguredNode aYearAhead(String storage) {
        NodeClock system = NodeClock.system();
        var clock = new NodeClock(
                Clock.offset(Clock.systemUTC(), Duration.ofDays(365)),
                system.nanos(),
                system.random(),
                system.secrets(),
                system.pause());
        return ConfiguredNode.start(folder, """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services: { pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                retention: { default: 1h, schedule: "0 0 1 1 *" }
                storage:
                  data-dir: data
                  %s
                """.formatted(upstream.port(), storage), Map.of(), clock);
    }

    private static void assertNothingIsRemoved(ConfiguredNode node, String whose) throws IOException {
        try (RawClient caller = node.caller("in")) {
            caller.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.readToEnd()).contains("ok");
        }
        await().atMost(LIMIT)
                .until(() -> !node.run("", "sessions", "ls", "-o", "id").out().isBlank());

        Screen prune = node.run("", "retention", "prune");
        Screen plan = node.run("", "retention", "plan");

        assertThat(prune.err()).contains("clock_in_doubt").contains("but that of " + whose);
        assertThat(plan.err())
                .contains("nothing is removed while the clock is in doubt")
                .contains(whose);
        assertThat(node.run("", "sessions", "ls", "-o", "id").out()).isNotBlank();
    }

    @Test
    void removesNothingWhenTheDatabaseContradictsTheClock() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                ConfiguredNode node =
                        aYearAhead(("catalog: { type: postgresql, url: 'jdbc:postgresql://localhost:%d/postgres', "
                                        + "username: postgres }")
                                .formatted(postgres.getPort()))) {
            assertNothingIsRemoved(node, "PostgreSQL at jdbc:postgresql://localhost:" + postgres.getPort());
        }
    }

    @Test
    @EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
    void removesNothingWhenTheBucketContradictsTheClock() throws IOException {
        S3Proxy.running().bucket(BUCKET);
        Path access = Files.writeString(folder.resolve("access"), S3Proxy.ACCESS_KEY);
        Path secret = Files.writeString(folder.resolve("secret"), S3Proxy.SECRET_KEY);
        String storage = ("payloads: { type: minio, endpoint: '%s', bucket: %s, prefix: %s, access-key: '${file:%s}',"
                        + " secret-key: '${file:%s}' }")
                .formatted(S3Proxy.running().endpoint(), BUCKET, UUID.randomUUID(), access, secret);
        try (ConfiguredNode node = aYearAhead(storage)) {
            assertNothingIsRemoved(node, "bucket '" + BUCKET + "'");
        }
    }
}
