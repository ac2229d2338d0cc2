// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, fails or hangs: strict calls are refused in time, those in flight end well, and it heals by
 * itself.
 */
final class FullDiskIT {
    private static final int DISK_MIB = 96;
    private static final int HELD = 8;
    private static final int MOST_CALLS = 3000;
    private static final Duration REFUSED_WITHIN = Duration.ofMillis(2100);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch release = new CountDownLatch(1);
    private final Set<String> answered = new HashSet<>();
    private final String content = incompressible();
    private Duration longest = Duration.ZERO;

    @Test
    @Timeout(240)
    void refusesStrictCallsWhileTheDiskIsFullAndHealsWhenItIsNot(@TempDir Path folder) throws Exception {
        Optional<Tmpfs> disk = Tmpfs.mount(folder.resolve("data"), DISK_MIB);
        assumeTrue(disk.isPresent(), "skipped: a tmpfs cannot be mounted here; that needs root");
        try (Tmpfs tmpfs = disk.get();
                var upstream = new Upstream(this::answer);
                JarNode node = start(folder, upstream);
                Admin admin = Admin.of(node);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Caller.Reply>> held = holdCalls(threads, node.port(), upstream);

            tmpfs.fill();
            callUntilRefused(node.port());
            assertThatReadyzSaysWhy(admin, "disk");
            release.countDown();
            for (Future<Caller.Reply> call : held) {
                Caller.Reply reply = call.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(reply.status()).as(reply.content()).isEqualTo(200);
                answered.add(reply.session());
            }
            tmpfs.empty();

            awaitHealed(node.port(), admin);
            assertThatAllIsOnRecord(admin);
            Findings.note("full disk: refused within " + longest.toMillis() + " ms, " + HELD
                    + " calls in flight ended well, " + answered.size() + " sessions on record after it healed");
        }
    }

    @Test
    @Timeout(240)
    void refusesStrictCallsWhileFsyncFails(@TempDir Path folder) throws Exception {
        try (var upstream = Upstream.echoing();
                JarNode node = start(folder, upstream);
                Admin admin = Admin.of(node)) {
            call(node.port());
            Optional<SyncFault> fault = SyncFault.failing(folder, node);
            assumeTrue(fault.isPresent(), "skipped: there is no strace here, or it may not trace");

            try (SyncFault _ = fault.get()) {
                callUntilRefused(node.port());
                assertThatReadyzSaysWhy(admin, "cannot be written");
            }

            awaitHealed(node.port(), admin);
            assertThatAllIsOnRecord(admin);
            Findings.note("fsync EIO: refused within " + longest.toMillis() + " ms, healed by itself");
        }
    }

    @Test
    @Timeout(240)
    void refusesStrictCallsWhileFsyncHangs(@TempDir Path folder) throws Exception {
        try (var upstream = Upstream.echoing();
                JarNode node = start(folder, upstream);
                Admin admin = Admin.of(node)) {
            call(node.port());
            Optional<SyncFault> fault = SyncFault.hanging(folder, node);
            assumeTrue(fault.isPresent(), "skipped: there is no strace here, or it may not trace");

            try (SyncFault _ = fault.get()) {
                callUntilRefused(node.port());
                assertThatReadyzSaysWhy(admin, "has not returned");
            }
            awaitHealed(node.port(), admin);
            assertThatAllIsOnRecord(admin);
            long refused = longest.toMillis();

            try (SyncFault _ = SyncFault.hanging(folder, node).orElseThrow()) {
                callUntilRefused(node.port());
                node.signalKill();
            }
            // Only now: a traced process is not gone before its tracer has seen it go.
            node.kill();
            Findings.note("fsync hang: refused within " + refused + " ms, healed by itself, killed while it hung");
        }
    }

    private JarNode start(Path folder, Upstream upstream) throws IOException {
        Path config = folder.resolve("hansard.yaml");
        Files.writeString(config, """
                version: 1
                storage: { spool: { reserve: 8MiB } }
                services: { disk: %s }
                """.formatted(upstream.url()));
        return JarNode.start(folder, List.of("-Xmx256m"), List.of("--config", config.toString(), "--record", "strict"));
    }

    private void answer(Wire.Head head, InputStream in, OutputStream out) throws IOException, InterruptedException {
        in.transferTo(OutputStream.nullOutputStream());
        if (head.target().startsWith("/held")) {
            release.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        Upstream.write(out, "", "answer to " + head.target());
    }

    private static List<Future<Caller.Reply>> holdCalls(ExecutorService threads, int port, Upstream upstream) {
        List<Future<Caller.Reply>> held = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            String target = "/disk/held-" + i;
            held.add(threads.submit(() -> {
                try (Caller caller = Caller.to(port)) {
                    return caller.get(target);
                }
            }));
        }
        await().atMost(LIMIT).until(() -> upstream.seen().size() == HELD);
        return held;
    }

    private void callUntilRefused(int port) throws IOException {
        for (int i = 0; i < MOST_CALLS; i++) {
            Caller.Reply reply = call(port);
            if (reply.status() != 200) {
                assertThat(reply.status()).as(reply.content()).isEqualTo(503);
                assertThat(reply.content()).contains("recorder_unavailable");
                assertThat(longest).as("longest call").isLessThanOrEqualTo(REFUSED_WITHIN);
                return;
            }
        }
        throw new AssertionError(MOST_CALLS + " calls were answered on a disk that does not work");
    }

    private Caller.Reply call(int port) throws IOException {
        try (Caller caller = Caller.to(port)) {
            long begun = System.nanoTime();
            Caller.Reply reply = caller.post("/disk/call", content);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            longest = took.compareTo(longest) > 0 ? took : longest;
            if (reply.status() == 200) {
                answered.add(reply.session());
            }
            return reply;
        }
    }

    private static void assertThatReadyzSaysWhy(Admin admin, String reason) {
        HttpResponse<String> ready = admin.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"spool\",\"well\":false", reason);
    }

    private void awaitHealed(int port, Admin admin) {
        await().atMost(LIMIT).until(() -> call(port).status() == 200 && admin.isReady());
    }

    private void assertThatAllIsOnRecord(Admin admin) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(admin.sessions("").stream()
                                .filter(row -> row.get("state").asText().equals("complete"))
                                .map(row -> row.get("id").asText())
                                .collect(Collectors.toSet()))
                        .containsAll(answered));
    }

    private static String incompressible() {
        return new Random(11)
                .ints(64 * 1024, 0, 256)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
