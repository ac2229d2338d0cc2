// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many calls and many idle connections leave behind: nothing. */
final class LeakIT {
    private static final int CALLS = JarNode.figure("leak.calls", 20_000);
    private static final int WARM_UP = 4_000;
    private static final int IDLE = JarNode.figure("leak.idle", 2_000);
    private static final int CALLERS = 32;
    /** Calls on one connection; then the caller comes anew, so that connections are part of it. */
    private static final int CALLS_PER_CONNECTION = 50;

    private static final int IDLE_PER_SOURCE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Pools that breathe: carriers of virtual threads, compilers, the spool's next file. */
    private static final int FEW = 12;

    private static final int HEAP_ALLOWANCE_KIB = 16 * 1024;
    private static final Pattern USED_KIB = Pattern.compile("total .*used (\\d+)K");

    @Test
    @Timeout(900)
    void keepsNoThreadNoFileAndNoMemoryOfCallsThatAreOver(@TempDir Path folder) throws Exception {
        try (var upstream = Upstream.echoing();
                JarNode node = JarNode.serve(folder, upstream, "-Xmx256m", "-XX:+UseSerialGC")) {
            call(node.port(), WARM_UP);
            Usage before = settled(node);

            long begun = System.nanoTime();
            call(node.port(), CALLS);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

            await().atMost(LIMIT).untilAsserted(() -> {
                Usage after = settled(node);
                assertThat(after.threads()).as("threads, %s before", before).isLessThan(before.threads() + FEW);
                assertThat(after.files()).as("files, %s before", before).isLessThan(before.files() + FEW);
                assertThat(after.heapKib())
                        .as("heap, %s before", before)
                        .isLessThan(before.heapKib() + HEAP_ALLOWANCE_KIB);
            });
            Findings.note(
                    "leak: " + CALLS + " calls in " + millis + " ms; before " + before + ", after " + settled(node));
        }
    }

    @Test
    @Timeout(300)
    void servesAGoodCallerAmongManyIdleOnes(@TempDir Path folder) throws Exception {
        int idle = Math.min(IDLE, mostConnections());
        List<Caller> callers = new ArrayList<>();
        try (var upstream = Upstream.echoing();
                JarNode node = JarNode.serve(folder, upstream, "-Xmx256m")) {
            call(node.port(), CALLERS);
            Usage before = settled(node);
            try {
                for (int i = 0; i < idle; i++) {
                    callers.add(Caller.to(node.port(), 2 + i / IDLE_PER_SOURCE));
                }
                await().atMost(LIMIT).until(() -> node.count("fd") >= before.files() + idle);
                long begun = System.nanoTime();

                call(node.port(), CALLERS * CALLS_PER_CONNECTION);
                assertThat(callers.getLast().get("/last").status()).isEqualTo(200);

                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                Findings.note("idle: " + CALLERS * CALLS_PER_CONNECTION + " calls in " + millis + " ms among " + idle
                        + " idle connections, -Xmx256m; " + settled(node));
            } finally {
                closeAll(callers);
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(node.count("fd")).isLessThan(before.files() + CALLERS + FEW));
        }
    }

    /** What this process and the node may have open, with room for the rest that they need. */
    private static int mostConnections() throws IOException {
        try (var limit = new ProcessBuilder("sh", "-c", "ulimit -n").start().inputReader(StandardCharsets.US_ASCII)) {
            String text = limit.readLine();
            return text == null || text.equals("unlimited") ? IDLE : Integer.parseInt(text) / 2 - IDLE_PER_SOURCE;
        }
    }

    private static void closeAll(List<Caller> callers) throws IOException {
        for (Caller caller : callers) {
            caller.close();
        }
    }

    private static void call(int port, int calls) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                ends.add(threads.submit(() -> callOn(port, caller, calls / CALLERS)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    private static void callOn(int port, int name, int calls) {
        try {
            for (int done = 0; done < calls; ) {
                try (Caller caller = Caller.to(port)) {
                    for (int i = 0; i < CALLS_PER_CONNECTION && done < calls; i++, done++) {
                        String target = "/t" + name + "-" + done;
                        Caller.Reply reply = done % 2 == 0 ? caller.get(target) : caller.post(target, "content");
                        assertThat(reply.status()).as(reply.content()).isEqualTo(200);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process takes up. */
    private record Usage(int threads, int files, int heapKib) {}

    /** After a full collection. */
    private static Usage settled(JarNode node) {
        ask(node, "GC.run");
        Matcher used = USED_KIB.matcher(ask(node, "GC.heap_info"));
        int kib = 0;
        while (used.find()) {
            kib += Integer.parseInt(used.group(1));
        }
        assertThat(kib).as("used heap").isPositive();
        return new Usage(node.count("task"), node.count("fd"), kib);
    }

    private static String ask(JarNode node, String question) {
        try {
            Process jcmd = new ProcessBuilder(JarNode.tool("jcmd"), Long.toString(node.pid()), question)
                    .redirectErrorStream(true)
                    .start();
            try (var answer = jcmd.inputReader(StandardCharsets.UTF_8)) {
                return answer.readAllAsString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
