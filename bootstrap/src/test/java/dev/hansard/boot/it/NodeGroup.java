// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import dev.hansard.ports.session.S3Proxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Several nodes on one PostgreSQL and one bucket, each in a process and a folder of its own. */
final class NodeGroup implements AutoCloseable {
    private static final String BUCKET = "nodes";
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(90);
    /** There are several of them, and they have two cores. */
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final Path config;
    private final EmbeddedPostgres postgres;
    private final AtomicReferenceArray<@Nullable JarNode> nodes;

    private NodeGroup(Path folder, Path config, EmbeddedPostgres postgres, int count) {
        this.folder = folder;
        this.config = config;
        this.postgres = postgres;
        this.nodes = new AtomicReferenceArray<>(count);
    }

    static NodeGroup start(Path folder, int count, Upstream upstream, String sealAfter) throws IOException {
        S3Proxy.running().bucket(BUCKET);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "120")
                .start();
        Path secret = Files.writeString(folder.resolve("s3-secret"), S3Proxy.SECRET_KEY);
        Path config = Files.writeString(folder.resolve("hansard.yaml"), """
                version: 1
                listeners: { default: { address: '127.0.0.1:0', identity: [anyone] } }
                admin: { address: '127.0.0.1:0' }
                identity: { providers: { anyone: { type: anonymous } } }
                services:
                  test:
                    upstream: '%s'
                    match: [{ path-prefix: / }]
                    record: { durability: strict }
                storage:
                  data-dir: data
                  catalog:
                    type: postgresql
                    url: 'jdbc:postgresql://localhost:%d/postgres'
                    username: postgres
                  payloads:
                    type: minio
                    endpoint: %s
                    bucket: %s
                    prefix: %s
                    access-key: %s
                    secret-key: ${file:%s}
                  spool: { seal-after: %s }
                """.formatted(
                        upstream.url(),
                        postgres.getPort(),
                        S3Proxy.running().endpoint(),
                        BUCKET,
                        UUID.randomUUID(),
                        S3Proxy.ACCESS_KEY,
                        secret,
                        sealAfter));
        var group = new NodeGroup(folder, config, postgres, count);
        try {
            for (int i = 0; i < count; i++) {
                group.start(i);
            }
            return group;
        } catch (IOException | RuntimeException | Error e) {
            group.close();
            throw e;
        }
    }

    int count() {
        return nodes.length();
    }

    /** The folder that holds the data of one node. */
    Path dataDir(int index) {
        return home(index).resolve("data");
    }

    private Path home(int index) {
        return folder.resolve("node-" + index);
    }

    /** The lasting name of one node. */
    String name(int index) throws IOException {
        return Files.readString(dataDir(index).resolve("node-name")).strip();
    }

    void start(int index) throws IOException {
        Path home = Files.createDirectories(home(index));
        nodes.set(index, JarNode.start(home, SMALL, List.of("--config", config.toString())));
    }

    /** The process of one node; null while it is down. */
    @Nullable
    JarNode find(int index) {
        return nodes.get(index);
    }

    JarNode get(int index) {
        JarNode node = nodes.get(index);
        if (node == null) {
            throw new IllegalStateException("node " + index + " is down");
        }
        return node;
    }

    /** Ends one by SIGKILL. */
    void kill(int index) {
        JarNode node = get(index);
        nodes.set(index, null);
        node.kill();
    }

    /** Ends one by SIGTERM, and waits for its end. */
    int stop(int index) {
        JarNode node = get(index);
        node.terminate();
        int code = node.exitCode(COMMAND_LIMIT);
        nodes.set(index, null);
        return code;
    }

    /** Runs a command with the configuration of the group to its end. */
    Done run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JarNode.tool("java")));
        command.addAll(SMALL);
        command.addAll(List.of("-jar", JarNode.jar().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", config.toString()));
        try (JarNode process = JarNode.launch(folder, command)) {
            int code = process.exitCode(COMMAND_LIMIT);
            return new Done(code, process.stdout(), process.stderr());
        }
    }

    /** What a command said. */
    record Done(int code, String out, String err) {}

    @Override
    public void close() throws IOException {
        for (int i = 0; i < nodes.length(); i++) {
            JarNode node = nodes.get(i);
            if (node != null) {
                node.close();
            }
        }
        postgres.close();
    }
}
