// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    private static final Duration INDEX_LIMIT = Duration.ofSeconds(60);

    /** A process that lives for a second is sooner at work when it is compiled once and simply. */
    private static final String[] SHORT_LIFE = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private int complete;
    private int incomplete;

    @Test
    void losesNothingThatWasAcknowledgedAndHidesNothingThatWasSent(@TempDir Path folder) throws Exception {
        var random = new Random(SEED);
        Set<String> all = new HashSet<>();
        long begun = System.nanoTime();

        try (Upstream upstream = CrashLoad.upstream()) {
            JarNode node = JarNode.serve(folder, upstream, SHORT_LIFE);
            try {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    CrashLoad load = crash(node, "c" + cycle, random);
                    node.close();
                    node = JarNode.serve(folder, upstream, SHORT_LIFE);
                    reconcile(node, load, "c" + cycle, upstream, all);
                }
                assertThatAllIsListedOnce(node, all);
            } finally {
                node.close();
            }
        }

        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        Findings.note("crash: " + CYCLES + " cycles of kill -9 in " + seconds + " s, " + complete + " complete and "
                + incomplete + " incomplete sessions, 0 lost, 0 doubled, seed " + SEED);
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

    private void reconcile(JarNode node, CrashLoad load, String name, Upstream upstream, Set<String> all) {
        Set<String> sent = upstream.seen().stream().map(Wire.Head::target).collect(Collectors.toSet());
        upstream.seen().clear();
        try (Admin admin = Admin.of(node)) {
            await().atMost(INDEX_LIMIT)
                    .untilAsserted(() -> assertThat(targets(admin.sessions("path:/" + name + "/*")))
                            .as("requests of cycle " + name + " that reached the upstream")
                            .containsAll(sent));

            List<JsonNode> listed = admin.sessions("path:/" + name + "/*");

            assertThat(listed.stream().map(CrashIT::target).toList()).doesNotHaveDuplicates();
            assertThat(listed.stream().map(row -> row.get("id").asText()).toList())
                    .doesNotHaveDuplicates();
            Map<String, JsonNode> byTarget =
                    listed.stream().collect(Collectors.toMap(CrashIT::target, Function.identity()));
            assertThatAcknowledgedOnesAreComplete(load, byTarget);
            assertThatTheHalfOneSaysSo(Objects.requireNonNull(byTarget.get(load.halfTarget()), load.halfTarget()));
            all.addAll(byTarget.keySet());
            count(listed);
        }
    }

    private static void assertThatAcknowledgedOnesAreComplete(CrashLoad load, Map<String, JsonNode> byTarget) {
        load.acknowledged().forEach((target, session) -> {
            JsonNode row = byTarget.get(target);
            assertThat(row).as("record of acknowledged " + target).isNotNull();
            assertThat(row.get("id").asText()).as(target).isEqualTo(session);
            assertThat(row.get("state").asText()).as(target).isEqualTo("complete");
        });
    }

    private static void assertThatTheHalfOneSaysSo(JsonNode row) {
        assertThat(row.get("state").asText()).isEqualTo("incomplete");
        assertThat(row.at("/response/bodyBytes").asInt()).isBetween(CrashLoad.HALF - 1, CrashLoad.HALF);
    }

    private void count(List<JsonNode> listed) {
        for (JsonNode row : listed) {
            boolean whole = row.get("state").asText().equals("complete");
            complete += whole ? 1 : 0;
            incomplete += whole ? 0 : 1;
            assertThat(row.at("/request/bodyBytes").isIntegralNumber()).isTrue();
        }
    }

    /** After all the crashes: each one still there, and once. */
    private static void assertThatAllIsListedOnce(JarNode node, Set<String> all) {
        try (Admin admin = Admin.of(node)) {
            assertThat(admin.isReady()).isTrue();
            // Sealed sessions of the day come back from their segments within moments of the start.
            await().atMost(INDEX_LIMIT).untilAsserted(() -> {
                List<JsonNode> rows = admin.sessions("");
                List<String> targets = sentTargets(rows);
                // Sets, because after a thousand crashes there are too many to compare each with each.
                assertThat(rows.stream().map(row -> row.get("id").asText()).collect(Collectors.toSet()))
                        .hasSameSizeAs(rows);
                assertThat(targets).hasSameSizeAs(all);
                assertThat(Set.copyOf(targets).equals(all)).as("same targets").isTrue();
            });
        }
    }

    /** Calls that were killed before their intent was written have no target; nothing of them was sent. */
    private static List<String> sentTargets(List<JsonNode> rows) {
        return rows.stream()
                .map(CrashIT::target)
                .filter(target -> !target.isEmpty())
                .toList();
    }

    private static Set<String> targets(List<JsonNode> rows) {
        return rows.stream().map(CrashIT::target).collect(Collectors.toSet());
    }

    private static String target(JsonNode row) {
        return row.at("/request/target").asText();
    }
}
