// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that does not look at the answer until it has sent all it has still finds it, whole. */
class RefusedUploadTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int PIECE = 16 * 1024;
    private static final int UPLOAD = 4 * 1024 * 1024;
    private static final int MOST = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4194304\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n400000\r\n"})
    void readsTheAnswerToContentBeyondTheLimit(String framing) throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.with(
                        folder,
                        LimitsTest.taking(MOST, 100, 100),
                        RunningNode.service(Durability.STRICT, RunningNode.QUICK, upstream.port()));
                var caller = node.caller()) {
            String answer = uploadAndThenRead(caller, framing);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"content_too_large\"")
                    .endsWith("}\n");
        }
    }

    @Test
    void readsTheAnswerWhenNoUpstreamCanBeReached() throws IOException {
        int port;
        try (var upstream = ScriptedUpstream.answering(OK)) {
            port = upstream.port();
        }
        try (var node = RunningNode.strict(folder, port);
                var caller = node.caller()) {
            String answer = uploadAndThenRead(caller, "Content-Length: 4194304\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"upstream_")
                    .endsWith("}\n");
        }
    }

    @Test
    void readsTheAnswerWhenNoServiceFits() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.forHost("b.test", folder, upstream.port());
                var caller = node.caller()) {
            String answer = uploadAndThenRead(caller, "Content-Length: 4194304\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 404 ")
                    .contains("\"no_service\"")
                    .endsWith("}\n");
        }
    }

    @Test
    void doesNotHoldUpACallerThatHasSentAll() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.forHost("b.test", folder, upstream.port());
                var caller = node.caller()) {
            caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
            caller.readResponse();

            long before = System.nanoTime();
            assertThat(caller.readToEnd()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(700));
        }
    }

    /** All of it goes out behind the answer, which is only then looked at. */
    private static String uploadAndThenRead(RawClient caller, String framing) throws IOException {
        caller.send("POST /upload HTTP/1.1\r\nHost: a\r\n" + framing).send(new byte[PIECE]);
        await().until(() -> caller.in().available() > 0);
        for (int sent = PIECE; sent < UPLOAD; sent += PIECE) {
            caller.send(new byte[PIECE]);
        }
        return caller.readResponse();
    }
}
