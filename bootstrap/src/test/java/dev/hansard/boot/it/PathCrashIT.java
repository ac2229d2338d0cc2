// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a node while it records, seals, uploads, indexes, prunes and erases all at once, and starts the next two hours
 * later, so that what the one before recorded is due. In the end all that is left has to verify, with every absence
 * explained. {@code .ci/crash --path CYCLES} runs it for longer.
 */
final class PathCrashIT {
    private static final int CYCLES = JarNode.figure("crash.path.cycles", 15);
    private static final long SEED = JarNode.figure("crash.seed", 20_261_123);
    private static final int CALLERS = 8;
    private static final int LONGEST_RUN_MILLIS = 2500;
    private static final Duration STEP = Duration.ofHours(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SHORT_LIFE =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private final CrashBooks books = new CrashBooks();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(SEED);
    private int pruned;

    @Test
    void keepsEveryPromiseAndExplainsEveryAbsence(@TempDir Path folder) throws Exception {
        long begun = System.nanoTime();
        try (Upstream upstream = CrashLoad.upstream()) {
            Path config = config(folder, upstream);
            JarNode node = start(folder, config, 0);
            try {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    CrashLoad load = crash(node, "c" + cycle);
                    node.close();
                    node = start(folder, config, cycle + 1);
                    books.reconcile(node, load, "c" + cycle, upstream);
                    assertThatNothingErasedIsListed(node);
                }
                assertThatAllIsListedOnce(node);
                pruneAll(node);
                node.terminate();
                node.exitCode(LIMIT);
            } finally {
                node.close();
            }
            assertThatAllVerifies(folder);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        Findings.note("crash of the whole path: " + CYCLES + " cycles of kill -9 in " + seconds + " s, "
                + books.complete() + " complete and " + books.incomplete() + " incomplete sessions, " + pruned
                + " pruned in " + "the end, " + erased.size() + " erased, 0 lost, 0 unexplained, seed " + SEED);
    }

    private static Path config(Path folder, Upstream upstream) throws IOException {
        return Files.writeString(folder.resolve("hansard.yaml"), """
                version: 1
                storage: { spool: { seal-after: 1s } }
                services: { pay: { upstream: "%s", record: { durability: strict }, match: [{ path-prefix: / }] } }
                retention: { default: 1h, schedule: "0 0 1 1 *" }
                """.formatted(upstream.url()));
    }

    private static JarNode start(Path folder, Path config, int step) {
        return JarNode.startLater(folder, STEP.multipliedBy(step), SHORT_LIFE, List.of("--config", config.toString()));
    }

    private CrashLoad crash(JarNode node, String name) throws InterruptedException {
        var load = new CrashLoad(name, node.port());
        load.start(CALLERS);
        boolean half = load.awaitHalf();
        List<String> known = new ArrayList<>();
        try (Admin admin = Admin.of(node)) {
            admin.sessions("").forEach(row -> known.add(row.get("id").asText()));
        }
        Thread janitor = Thread.ofVirtual().start(() -> cleanUp(node, known));
        new CountDownLatch(1).await(random.nextInt(LONGEST_RUN_MILLIS), TimeUnit.MILLISECONDS);
        node.kill();
        load.awaitEnd();
        janitor.join(LIMIT);
        assertThat(half).as("half an answer in " + name).isTrue();
        return load;
    }

    /** Has sessions of any age erased and those that are due pruned, until the node is gone. */
    private void cleanUp(JarNode node, List<String> known) {
        var chosen = new Random(SEED + known.size());
        try (Admin admin = Admin.of(node)) {
            while (node.isAlive()) {
                if (!known.isEmpty()) {
                    String id = known.remove(chosen.nextInt(known.size()));
                    if (admin.erase(id).statusCode() / 100 == 2) {
                        erased.add(id);
                    }
                }
                if (chosen.nextInt(3) == 0) {
                    admin.prune();
                }
            }
        } catch (IOException _) {
            // The node was killed.
        }
    }

    private void assertThatNothingErasedIsListed(JarNode node) {
        try (Admin admin = Admin.of(node)) {
            assertThat(admin.sessions("").stream().map(row -> row.get("id").asText()))
                    .as("sessions that were not erased")
                    .noneMatch(erased::contains);
        }
    }

    /** What is listed is listed once, and was recorded. */
    private void assertThatAllIsListedOnce(JarNode node) {
        try (Admin admin = Admin.of(node)) {
            await().atMost(LIMIT).untilAsserted(() -> {
                List<JsonNode> rows = admin.sessions("");
                assertThat(rows.stream().map(row -> row.get("id").asText())).doesNotHaveDuplicates();
                assertThat(books.all()).containsAll(CrashBooks.sentTargets(rows));
            });
        }
    }

    private void pruneAll(JarNode node) throws IOException {
        try (Admin admin = Admin.of(node)) {
            int before = admin.sessions("").size();
            await().atMost(LIMIT).untilAsserted(() -> {
                var answer = admin.prune();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("\"segmentsLeft\":0");
            });
            pruned = before - admin.sessions("").size();
        }
    }

    private static void assertThatAllVerifies(Path folder) {
        List<String> command = List.of(
                JarNode.tool("java"),
                "-jar",
                JarNode.jar().toString(),
                "verify",
                "--data-dir",
                folder.resolve("data").toString());
        try (JarNode verify = JarNode.launch(folder, command)) {
            assertThat(verify.exitCode(LIMIT))
                    .as(verify.stdout() + verify.stderr())
                    .isZero();
        }
    }
}
