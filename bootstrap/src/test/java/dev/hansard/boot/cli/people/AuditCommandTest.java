// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditCommandTest {
    private static final String SESSION = "ses_0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String READ = """
            {"number":3,"at":"2026-11-23T02:04:05.123Z","provider":"ci-keys","actor":"key:ann","action":"payload_read",
             "object":"request","session":"%s","from":"127.0.0.1","reason":"ticket 42","allowed":true}
            """.formatted(SESSION);
    private static final String REFUSED = """
            {"number":2,"at":"2026-11-23T02:04:04Z","provider":"","actor":"","action":"refused",
             "object":"unauthenticated","from":"10.0.0.9","allowed":false}
            """;
    private static final String STARTED = """
            {"number":1,"at":"2026-11-23T02:04:03Z","provider":"","actor":"","action":"node_started",
             "object":"","from":"","allowed":true}
            """;

    private final FakeAdmin admin;

    AuditCommandTest() throws IOException {
        admin = new FakeAdmin();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private Screen screen() {
        return Screen.piped(Map.of("HANSARD_ADMIN", admin.url()));
    }

    private static String page(String... entries) {
        return "{\"items\":[" + String.join(",", entries) + "]}";
    }

    @Test
    void listsWhatWasDone() {
        admin.json("/api/v1/audit", 200, page(READ, REFUSED, STARTED));
        Screen screen = screen();

        int code = screen.run("audit", "ls", "--before", "9", "-n", "7");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(admin.requests()).containsExactly("/api/v1/audit?limit=7&before=9");
        assertThat(screen.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "NUMBER AT WHO ACTION OBJECT REASON FROM",
                        " 3 11-23 02:04:05 ci-keys/key:ann payload_read request of " + SESSION + " ticket 42 127.0.0.1",
                        " 2 11-23 02:04:04 a stranger refused unauthenticated - 10.0.0.9",
                        " 1 11-23 02:04:03 the node node_started - - -");
    }

    @Test
    void goesThroughPagesUpToTheLimit() {
        admin.on("/api/v1/audit", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            long before = query.contains("before") ? Long.parseLong(query.replaceAll(".*before=", "")) : 2_001;
            int limit = Integer.parseInt(query.replaceAll("limit=(\\d+).*", "$1"));
            String entries = LongStream.iterate(before - 1, n -> n > 0, n -> n - 1)
                    .limit(limit)
                    .mapToObj(n -> "{\"number\":" + n + "}")
                    .collect(Collectors.joining(","));
            FakeAdmin.send(exchange, 200, page(entries).getBytes(StandardCharsets.UTF_8));
        });
        Screen some = screen();
        Screen all = screen();

        some.run("audit", "ls", "-n", "1500", "-o", "id");
        all.run("audit", "ls", "-n", "9000", "-o", "ndjson");

        assertThat(some.out()).startsWith("2000\n1999\n").endsWith("\n501\n").hasLineCount(1_500);
        assertThat(some.err()).contains("add --before 501");
        assertThat(all.out()).startsWith("{\"number\":2000}\n").endsWith("{\"number\":1}\n");
        assertThat(all.err()).isEmpty();
    }

    @Test
    void followsTheLogFromItsEnd() {
        admin.on("/api/v1/audit", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            String answer = query.startsWith("after=1&") ? page(REFUSED, READ) : page(STARTED);
            FakeAdmin.send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
        });
        Screen screen = screen();

        int code = screen.run("audit", "tail", "-n", "2", "-o", "ndjson");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out().lines().map(line -> line.substring(0, 11)))
                .containsExactly("{\"number\":2", "{\"number\":3");
        assertThat(admin.requests()).containsExactly("/api/v1/audit?limit=1", "/api/v1/audit?after=1&limit=2");
    }

    @Test
    void saysByItsCodeThatTooLittleCame() {
        admin.json("/api/v1/audit", 200, page());

        assertThat(screen().run("audit", "tail", "--after", "5", "-n", "1", "--timeout", "1"))
                .isEqualTo(ExitCode.TIMED_OUT);
    }

    @Test
    void endsWhenItIsNoLongerLetIn() {
        admin.on("/api/v1/audit", exchange -> {
            boolean isFirst = exchange.getRequestURI().getQuery().startsWith("limit");
            FakeAdmin.send(
                    exchange,
                    isFirst ? 200 : 401,
                    (isFirst ? page(STARTED) : "{\"code\":\"invalid_token\"}").getBytes(StandardCharsets.UTF_8));
        });
        Screen screen = screen();

        assertThat(screen.run("audit", "tail")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(screen.err()).contains("invalid_token");
    }
}
