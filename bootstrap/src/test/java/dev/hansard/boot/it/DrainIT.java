// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while callers call: each call that was begun ends well, and all of them are on record. */
final class DrainIT {
    private static final int CALLERS = 16;
    private static final int CALLS_BEFORE_STOP = 500;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch slowIsUnderWay = new CountDownLatch(1);

    @Test
    @Timeout(240)
    void failsNoCallWhenItIsToldToStop(@TempDir Path folder) throws Exception {
        try (var upstream = new Upstream(this::answer);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (JarNode node = JarNode.serve(folder, upstream);
                    Admin admin = Admin.of(node)) {
                threads.execute(() -> callOnce(node.port(), "/slow"));
                assertThat(slowIsUnderWay.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                for (int i = 0; i < CALLERS; i++) {
                    String name = "/t" + i + "-";
                    threads.execute(() -> callUntilTold(node.port(), name));
                }
                await().atMost(LIMIT).until(() -> answered.size() > CALLS_BEFORE_STOP);
                assertThat(admin.isReady()).isTrue();

                node.terminate();
                long told = System.nanoTime();

                assertThatItSaysSo(admin);
                release.countDown();
                threads.shutdown();
                assertThat(threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                int exitCode = node.exitCode(DRAIN_LIMIT);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - told);
                assertThat(exitCode).as(node.stderr()).isIn(0, 128 + 15);
                assertThat(failures).isEmpty();
                Findings.note("drain: " + answered.size() + " calls, 0 failed, process ended after " + millis + " ms");
            }
            assertThatAllIsOnRecord(folder, upstream);
        }
    }

    private void answer(Wire.Head head, java.io.InputStream content, OutputStream out)
            throws IOException, InterruptedException {
        content.transferTo(OutputStream.nullOutputStream());
        if (!head.target().equals("/slow")) {
            Upstream.write(out, "", "answer to " + head.target());
            return;
        }
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nanswer".getBytes(StandardCharsets.ISO_8859_1));
        slowIsUnderWay.countDown();
        // Its end comes once the node has been told to stop.
        release.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        out.write(" to    /slow".getBytes(StandardCharsets.ISO_8859_1));
    }

    private void assertThatItSaysSo(Admin admin) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    HttpResponse<String> ready = admin.get("/readyz");
                    assertThat(ready.statusCode()).isEqualTo(503);
                    assertThat(ready.body()).contains("\"ready\":false", "listeners");
                });
        assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
    }

    private void callOnce(int port, String target) {
        try (Caller caller = Caller.to(port)) {
            note(caller.get(target), target);
        } catch (IOException | RuntimeException e) {
            failures.add(target + ": " + e);
        }
    }

    /** Calls on one connection until an answer says that it closes. */
    private void callUntilTold(int port, String name) {
        String target = name;
        try (Caller caller = Caller.to(port)) {
            for (int i = 0; ; i++) {
                target = name + i;
                Caller.Reply reply = caller.get(target);
                note(reply, target);
                if (reply.head().isClosing()) {
                    return;
                }
            }
        } catch (ConnectException _) {
            // It was told to stop before this caller came.
        } catch (IOException | RuntimeException e) {
            failures.add(target + ": " + e);
        }
    }

    private void note(Caller.Reply reply, String target) {
        if (reply.status() != 200 || !reply.content().endsWith(target)) {
            failures.add(target + " was answered " + reply);
        }
        answered.add(reply.session());
    }

    private void assertThatAllIsOnRecord(Path folder, Upstream upstream) {
        try (JarNode node = JarNode.serve(folder, upstream);
                Admin admin = Admin.of(node)) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(admin.sessions("").stream()
                                    .filter(row -> row.get("state").asText().equals("complete"))
                                    .map(row -> row.get("id").asText())
                                    .collect(Collectors.toSet()))
                            .isEqualTo(answered));
        }
    }
}
