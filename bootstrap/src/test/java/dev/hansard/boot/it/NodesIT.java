// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that share PostgreSQL and a bucket, while one is killed or all are restarted one after the other. */
@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
@Timeout(300)
final class NodesIT {
    private static final int CALLERS = 16;
    private static final int CALLS = JarNode.figure("nodes.calls", 600);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void losesNothingWhenOneIsKilledAndItsSpoolIsAdopted(@TempDir Path folder) throws Exception {
        try (Upstream upstream = GroupLoad.upstream();
                // Longer than this test: nothing of the node that is killed is sealed before.
                NodeGroup group = NodeGroup.start(folder, 2, upstream, "1h")) {
            var load = new GroupLoad(group);
            load.start(CALLERS);
            awaitCalls(load, CALLS);
            String dead = group.name(0);
            group.kill(0);
            awaitCalls(load, load.acknowledged().size() + CALLS);
            load.end();

            assertThat(load.failed()).hasSizeLessThanOrEqualTo(CALLERS);
            try (Admin admin = Admin.of(group.get(1))) {
                Map<String, String> before = nodes(admin);
                String unsealed = sessionOf(before, dead);
                HttpResponse<String> answer = admin.get("/api/v1/sessions/" + unsealed);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("session_not_sealed", dead);
                assertThat(answer.headers().firstValue("Retry-After")).contains("60");

                NodeGroup.Done first = adopt(group, 0);
                assertThat(first.code()).as(first.err()).isZero();
                assertThat(first.out().strip()).isEqualTo(dead);

                assertThatAllIsThereOnce(admin, load, upstream);
                assertThatAllOfNodeAreReadable(admin, dead);
                int listed = admin.sessions("").size();
                NodeGroup.Done again = adopt(group, 0);
                assertThat(again.code()).as(again.err()).isZero();
                assertThat(again.err()).contains("0 segments stored, 0 calls had no end");
                assertThat(admin.sessions("")).hasSize(listed);
                Findings.note("nodes: one of two killed under load: "
                        + load.acknowledged().size()
                        + " calls answered, " + load.failed().size() + " cut off on it, " + listed
                        + " sessions, 0 lost, 0 doubled after adoption");
            }
        }
    }

    @Test
    void refusesToAdoptTheSpoolOfANodeThatRuns(@TempDir Path folder) throws Exception {
        try (Upstream upstream = GroupLoad.upstream();
                NodeGroup group = NodeGroup.start(folder, 1, upstream, "1h")) {
            NodeGroup.Done done = adopt(group, 0);

            assertThat(done.code()).isEqualTo(3);
            assertThat(done.err()).contains("in use by another Hansard");
        }
    }

    @Test
    void failsNoCallAndLosesNoSessionWhenAllAreRestartedInTurn(@TempDir Path folder) throws Exception {
        try (Upstream upstream = GroupLoad.upstream();
                NodeGroup group = NodeGroup.start(folder, 3, upstream, "2s")) {
            var load = new GroupLoad(group);
            load.start(CALLERS);
            for (int i = 0; i < group.count(); i++) {
                awaitCalls(load, load.acknowledged().size() + CALLS / 3);
                assertThat(group.stop(i)).isIn(0, 128 + 15);
                group.start(i);
            }
            awaitCalls(load, load.acknowledged().size() + CALLS / 3);
            load.end();

            assertThat(load.failed()).isEmpty();
            for (int i = 0; i < group.count(); i++) {
                try (Admin admin = Admin.of(group.get(i))) {
                    assertThatAllIsThereOnce(admin, load, upstream);
                    assertThatAnyIsReadable(admin, load);
                }
            }
            Findings.note("nodes: three restarted in turn under load: "
                    + load.acknowledged().size() + " calls, 0 failed, 0 lost, each read from every node");
        }
    }

    private static NodeGroup.Done adopt(NodeGroup group, int index) {
        return group.run("spool", "adopt", "--data-dir", group.dataDir(index).toString());
    }

    private static void awaitCalls(GroupLoad load, int count) {
        await().atMost(LIMIT).until(() -> load.acknowledged().size() >= count);
    }

    private static Map<String, String> nodes(Admin admin) {
        var nodes = new HashMap<String, String>();
        admin.sessions("")
                .forEach(
                        row -> nodes.put(row.get("id").asText(), row.get("node").asText()));
        return nodes;
    }

    private static String sessionOf(Map<String, String> nodes, String node) {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().equals(node))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Each acknowledged call complete and under the id that its caller was told; each request that was sent, once. */
    private static void assertThatAllIsThereOnce(Admin admin, GroupLoad load, Upstream upstream) {
        Set<String> sent = upstream.seen().stream().map(Wire.Head::target).collect(Collectors.toSet());
        assertThat(upstream.seen()).hasSameSizeAs(sent);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(targets(admin.sessions(""))).containsAll(sent));

        List<JsonNode> rows = admin.sessions("");

        assertThat(rows.stream().map(row -> row.get("id").asText()).collect(Collectors.toSet()))
                .hasSameSizeAs(rows);
        var byTarget = new HashMap<String, JsonNode>();
        rows.stream()
                .filter(row -> !target(row).isEmpty())
                .forEach(row -> assertThat(byTarget.put(target(row), row))
                        .as(target(row))
                        .isNull());
        load.acknowledged().forEach((target, session) -> {
            JsonNode row = byTarget.get(target);
            assertThat(row).as(target).isNotNull();
            assertThat(row.get("id").asText()).isEqualTo(session);
            assertThat(row.get("state").asText()).isEqualTo("complete");
        });
    }

    private static void assertThatAllOfNodeAreReadable(Admin admin, String node) throws IOException {
        int read = 0;
        for (Map.Entry<String, String> entry : nodes(admin).entrySet()) {
            if (entry.getValue().equals(node) && read++ < 50) {
                assertThat(admin.session(entry.getKey()).get("node").asText()).isEqualTo(node);
            }
        }
        assertThat(read).isPositive();
    }

    /** Whichever node recorded it, some of each: at once, or once its node has shared it. */
    private static void assertThatAnyIsReadable(Admin admin, GroupLoad load) {
        load.acknowledged().values().stream()
                .sorted()
                .limit(30)
                .forEach(session -> await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(
                                        admin.get("/api/v1/sessions/" + session).statusCode())
                                .isEqualTo(200)));
        String last = load.acknowledged().values().stream()
                .sorted()
                .reduce((_, it) -> it)
                .orElseThrow();
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(admin.get("/api/v1/sessions/" + last).statusCode())
                                .isEqualTo(200));
    }

    private static Set<String> targets(List<JsonNode> rows) {
        return rows.stream().map(NodesIT::target).collect(Collectors.toSet());
    }

    private static String target(JsonNode row) {
        return row.at("/request/target").asText();
    }
}
