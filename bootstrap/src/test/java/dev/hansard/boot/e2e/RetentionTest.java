// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.wiring.NodeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that runs, stops, and runs again days later. */
class RetentionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @AfterEach
    void stop() {
        upstream.close();
    }

    private ConfiguredNode node(int days) {
        return node(days, "1d");
    }

    private ConfiguredNode node(int days, String metadata) {
        NodeClock system = NodeClock.system();
        var clock = new NodeClock(
                Clock.offset(Clock.systemUTC(), Duration.ofDays(days)),
                system.nanos(),
                system.random(),
                system.secrets(),
                system.pause());
        return ConfiguredNode.start(folder, """
                version: 1
                listeners: { in: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services: { pay: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                retention:
                  default: 1d
                  classes: { long: 60d }
                  rules: [{ when: { path: /kept* }, class: long }]
                  metadata: %s
                  schedule: "0 0 1 1 *"
                """.formatted(upstream.port(), metadata), Map.of(), clock);
    }

    private static String ids(ConfiguredNode node, String query) {
        return node.run("", "sessions", "ls", "-o", "id", query).out();
    }

    private static void record(ConfiguredNode node) throws IOException {
        for (String path : new String[] {"/kept", "/held", "/gone/1", "/gone/2"}) {
            try (RawClient caller = node.caller("in")) {
                caller.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(caller.readToEnd()).contains("ok");
            }
        }
        await().atMost(LIMIT).until(() -> ids(node, "").lines().count() == 4);
    }

    @Test
    void removesWhatHasExpiredAndKeepsWhatIsHeldOrOfALongerClass() throws IOException {
        String kept;
        String held;
        try (ConfiguredNode first = node(0)) {
            record(first);
            kept = ids(first, "path:/kept");
            held = ids(first, "path:/held");
            Screen hold =
                    first.run("", "hold", "add", "--query", "path:/held", "--name", "Case 1", "--reason", "case 4711");
            assertThat(hold.out()).startsWith("hold_");
            assertThat(hold.err()).contains("1 sessions are held");
        }

        try (ConfiguredNode later = node(3)) {
            await().atMost(LIMIT)
                    .until(() -> ids(later, "").lines().count() <= 4
                            && later.run("", "storage", "stat", "-o", "wide")
                                    .out()
                                    .matches("(?s).*pay +long .*"));
            later.run("", "retention", "plan");
            Screen prune = later.run("", "retention", "prune");
            assertThat(prune.err()).doesNotContain("error");

            await().atMost(LIMIT).until(() -> ids(later, "").lines().count() == 2);
            assertThat(ids(later, "")).contains(kept).contains(held);
            assertThat(later.run("", "sessions", "show", held.strip()).out()).contains("/held");
            assertThat(later.run("", "hold", "ls").out()).contains("Case 1").contains("placed");
            assertThat(later.run("", "sessions", "erase", held.strip(), "--reason", "gdpr")
                            .err())
                    .contains("session_held");
            later.run("", "sessions", "erase", kept.strip(), "--reason", "gdpr");
            assertThat(ids(later, "")).isEqualTo(held);
        }

        // Nothing is missing that the ledger does not explain.
        Screen verified = Screen.piped(Map.of());
        assertThat(verified.run("verify", "--data-dir", folder.resolve("data").toString()))
                .as(verified.out() + verified.err())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void showsTheRowOfASessionWhoseRecordIsGone() throws IOException {
        String gone;
        try (ConfiguredNode first = node(0, "3mo")) {
            record(first);
            gone = ids(first, "path:/gone/1").strip();
        }

        try (ConfiguredNode later = node(3, "3mo")) {
            await().atMost(LIMIT)
                    .until(() ->
                            later.run("", "storage", "stat", "-o", "wide").out().matches("(?s).*pay +default .*"));
            assertThat(later.run("", "retention", "prune").err()).doesNotContain("error");

            assertThat(ids(later, "").lines().count()).isEqualTo(4);
            Screen shown = later.run("", "sessions", "show", gone);
            assertThat(shown.out()).contains("/gone/1").contains("200").contains("removed");
            assertThat(shown.err()).contains("its row is all that is left");
            assertThat(later.run("", "sessions", "show", "-o", "json", gone).out())
                    .contains("\"recordRemoved\" : true");
            assertThat(later.run("", "sessions", "body", gone, "response").err())
                    .contains("record_removed");
            assertThat(later.run("", "retention", "plan").err()).doesNotContain("error");
        }
        Screen verified = Screen.piped(Map.of());
        assertThat(verified.run("verify", "--data-dir", folder.resolve("data").toString()))
                .as(verified.out() + verified.err())
                .isEqualTo(ExitCode.DONE);

        // Three months of 31 days and one more; the node was down for long, so somebody looks at its clock.
        try (ConfiguredNode last = node(96, "3mo")) {
            last.run("", "retention", "trust-clock");
            await().atMost(LIMIT).untilAsserted(() -> {
                last.run("", "retention", "prune");
                assertThat(ids(last, "")).isEmpty();
            });
        }
    }

    @Test
    void removesNothingWhenTheClockIsFarAhead() throws IOException {
        try (ConfiguredNode first = node(0)) {
            record(first);
            await().atMost(LIMIT)
                    .until(() -> first.run("", "retention", "plan", "-o", "json")
                            .out()
                            .contains("doubt"));
        }

        try (ConfiguredNode later = node(3_653)) {
            Screen prune = later.run("", "retention", "prune");

            assertThat(prune.err()).contains("clock_in_doubt").contains("retention trust-clock");
            assertThat(ids(later, "").lines().count()).isEqualTo(4);
        }
    }
}
