// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a loaded node again and again at random moments, and compares what its callers were told and what its upstream
 * was asked with what it says after the restart. {@code .ci/crash CYCLES} runs it for longer.
 */
final class CrashIT {
    private static final int CYCLES = JarNode.figure("crash.cycles", 50);
    private static final long SEED = JarNode.figure("crash.seed", 20_261_123);
    private static final int CALLERS = 32;
    private static final int LONGEST_RUN_MILLIS = 600;

    /** A process that lives for a second is sooner at work when it is compiled once and simply. */
    private static final String[] SHORT_LIFE = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    @Test
    void losesNothingThatWasAcknowledgedAndHidesNothingThatWasSent(@TempDir Path folder) throws Exception {
        var random = new Random(SEED);
        var books = new CrashBooks();
        long begun = System.nanoTime();

        try (Upstream upstream = CrashLoad.upstream()) {
            JarNode node = JarNode.serve(folder, upstream, SHORT_LIFE);
            try {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    CrashLoad load = crash(node, "c" + cycle, random);
                    node.close();
                    node = JarNode.serve(folder, upstream, SHORT_LIFE);
                    books.reconcile(node, load, "c" + cycle, upstream);
                }
                assertThatAllIsListedOnce(node, books.all());
            } finally {
                node.close();
            }
        }

        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        Findings.note("crash: " + CYCLES + " cycles of kill -9 in " + seconds + " s, " + books.complete()
                + " complete and " + books.incomplete() + " incomplete sessions, 0 lost, 0 doubled, seed " + SEED);
    }

    private static CrashLoad crash(JarNode node, String name, Random random) throws InterruptedException {
        var load = new CrashLoad(name, node.port());
        load.start(CALLERS);
        boolean half = load.awaitHalf();
        new CountDownLatch(1).await(random.nextInt(LONGEST_RUN_MILLIS), TimeUnit.MILLISECONDS);
        node.kill();
        load.awaitEnd();
        assertThat(half).as("half an answer in " + name).isTrue();
        return load;
    }

    /** After all the crashes: each one still there, and once. */
    private static void assertThatAllIsListedOnce(JarNode node, Set<String> all) {
        try (Admin admin = Admin.of(node)) {
            assertThat(admin.isReady()).isTrue();
            // Sealed sessions of the day come back from their segments within moments of the start.
            await().atMost(CrashBooks.INDEX_LIMIT).untilAsserted(() -> {
                List<JsonNode> rows = admin.sessions("");
                List<String> targets = CrashBooks.sentTargets(rows);
                // Sets, because after a thousand crashes there are too many to compare each with each.
                assertThat(rows.stream().map(row -> row.get("id").asText()).collect(Collectors.toSet()))
                        .hasSameSizeAs(rows);
                assertThat(targets).hasSameSizeAs(all);
                assertThat(Set.copyOf(targets).equals(all)).as("same targets").isTrue();
            });
        }
    }
}
