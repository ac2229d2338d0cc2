// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What callers were told and what the upstream was asked over all crashes, compared with what the node says. */
final class CrashBooks {
    static final Duration INDEX_LIMIT = Duration.ofSeconds(60);

    private final Set<String> all = new HashSet<>();
    private int complete;
    private int incomplete;

    /** After the restart that followed a cycle. */
    void reconcile(JarNode node, CrashLoad load, String name, Upstream upstream) {
        Set<String> sent = upstream.seen().stream().map(Wire.Head::target).collect(Collectors.toSet());
        upstream.seen().clear();
        try (Admin admin = Admin.of(node)) {
            await().atMost(INDEX_LIMIT)
                    .untilAsserted(() -> assertThat(targets(admin.sessions("path:/" + name + "/*")))
                            .as("requests of cycle " + name + " that reached the upstream")
                            .containsAll(sent));

            List<JsonNode> listed = admin.sessions("path:/" + name + "/*");

            assertThat(listed.stream().map(CrashBooks::target).toList()).doesNotHaveDuplicates();
            assertThat(listed.stream().map(row -> row.get("id").asText()).toList())
                    .doesNotHaveDuplicates();
            Map<String, JsonNode> byTarget =
                    listed.stream().collect(Collectors.toMap(CrashBooks::target, Function.identity()));
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

    /** The targets of all calls that are on record. */
    Set<String> all() {
        return all;
    }

    int complete() {
        return complete;
    }

    int incomplete() {
        return incomplete;
    }

    /** Calls that were killed before their intent was written have no target; nothing of them was sent. */
    static List<String> sentTargets(List<JsonNode> rows) {
        return rows.stream()
                .map(CrashBooks::target)
                .filter(target -> !target.isEmpty())
                .toList();
    }

    private static Set<String> targets(List<JsonNode> rows) {
        return rows.stream().map(CrashBooks::target).collect(Collectors.toSet());
    }

    private static String target(JsonNode row) {
        return row.at("/request/target").asText();
    }
}
