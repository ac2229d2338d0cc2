// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.wiring.NodeStartException;
import dev.hansard.ports.fault.TcpFault;
import dev.hansard.ports.fault.TcpFaultProxy;
import dev.hansard.ports.session.S3Proxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A node that keeps its segments in a bucket. */
@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class S3StorageTest {
    private static final String BUCKET = "node";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String prefix = UUID.randomUUID().toString();

    @TempDir
    private Path folder = Path.of("");

    private String configuration(int upstream, URI endpoint, String bucket) throws IOException {
        Path secret = Files.writeString(folder.resolve("s3-secret"), S3Proxy.SECRET_KEY);
        Path access = Files.writeString(folder.resolve("s3-access"), S3Proxy.ACCESS_KEY);
        return """
                version: 1
                services: { payments: "http://127.0.0.1:%d" }
                storage:
                  data-dir: data
                  payloads:
                    type: minio
                    endpoint: %s
                    bucket: %s
                    prefix: %s
                    access-key: ${file:%s}
                    secret-key: ${file:%s}
                admin: { address: "127.0.0.1:0" }
                listeners: { in: { address: "127.0.0.1:0" } }
                """.formatted(upstream, endpoint, bucket, prefix, access, secret);
    }

    private static ScriptedUpstream upstream() throws IOException {
        return ScriptedUpstream.with((_, out, _) -> {
            ScriptedUpstream.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
            return true;
        });
    }

    private static void call(ConfiguredNode node) throws IOException {
        try (RawClient caller = node.caller("in")) {
            assertThat(caller.send("GET /a HTTP/1.1\r\nHost: payments\r\n\r\n").readResponse())
                    .endsWith("hello");
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

    private static void assertBodyIsReadable(ConfiguredNode node) {
        Screen ids = node.run("", "sessions", "ls", "-o", "id");
        String first = ids.out().lines().findFirst().orElseThrow();
        assertThat(node.run("", "sessions", "body", first, "response").out()).contains("hello");
    }

    @Test
    void recordsThroughAnOutageOfTheBucketAndReadsBackFromIt() throws IOException {
        S3Proxy.running().bucket(BUCKET);
        try (TcpFaultProxy proxy = TcpFaultProxy.to(S3Proxy.running().address());
                ScriptedUpstream upstream = upstream()) {
            String written = configuration(upstream.port(), proxy.http(), BUCKET);
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
            }
            // The next node would seal what this one closed, but its bucket is not to be reached when it starts.
            proxy.apply(new TcpFault.Refuse());
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                call(node);
                assertBodyIsReadable(node);
                assertThat(segments()).isZero();

                proxy.apply(new TcpFault.None());

                await().atMost(LIMIT).untilAsserted(() -> assertThat(segments()).isOne());
                call(node);
            }
            try (ConfiguredNode node = ConfiguredNode.start(folder, written)) {
                await().atMost(LIMIT).untilAsserted(() -> assertThat(segments()).isEqualTo(2));
                assertBodyIsReadable(node);
            }
        }
    }

    @Test
    void refusesToStartWithoutItsBucket() throws IOException {
        String written = configuration(9, S3Proxy.running().endpoint(), "no-such-bucket");

        assertThatThrownBy(() -> ConfiguredNode.start(folder, written))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("make the bucket, or correct storage.payloads.bucket");
    }
}
