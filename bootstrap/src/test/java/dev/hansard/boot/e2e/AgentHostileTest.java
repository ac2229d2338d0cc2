// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that has the token and does what no agent does: it costs the call that it got, and a time with a name. */
@Timeout(60)
class AgentHostileTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: b\r\n\r\n";

    @TempDir
    Path folder;

    private AgentFixture agents;

    @BeforeEach
    void start() throws IOException {
        agents = AgentFixture.gateway(
                folder, "via-agent: dc2, upstream: { timeouts: { connect: 300ms, response: 1s, idle: 1s } }");
    }

    @AfterEach
    void stop() {
        agents.close();
    }

    /** A connection that the gateway sends requests on from now on. */
    private RawClient turned() throws IOException {
        RawClient agent = agents.caller();
        agent.send(
                "GET /.hansard/agents/dc2 HTTP/1.1\r\nHost: gw\r\nConnection: Upgrade\r\nUpgrade: hansard-agent/1\r\n"
                        + "Hansard-Agent-Process: 00000000000000aa\r\nAuthorization: Bearer " + AgentFixture.TOKEN
                        + "\r\n\r\n");
        assertThat(agent.readHead()).startsWith("HTTP/1.1 101 ");
        await().atMost(AgentFixture.PATIENCE)
                .until(() -> agents.node().agents().getFirst().connections() > 0);
        return agent;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | status_line_malformed | this is no response at all",
                "too long | head_too_large | HTTP/1.1 200 OK\\r\\nA: LONG",
                "half | agent_lost | HTTP/1.1 200 OK\\r\\nContent-Le",
                "upgrade | upgrade_unasked | HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n",
                "refusal | agent_invalid | HTTP/1.1 502 No\\r\\nHansard-Refusal: <b>\\r\\n\\r\\n",
                "leaves | upstream_too_many_interim | INTERIM",
            })
    void answersForAnAgentThatSaysNonsense(String what, String code, String bytes) throws IOException {
        String field = "x".repeat(15_000);
        String sent = bytes.translateEscapes()
                .replace("LONG", String.join("\r\nB: ", field, field, field))
                .replace("INTERIM", "HTTP/1.1 199 Leaving\r\nHansard-Leaving: 1\r\n\r\n".repeat(20));
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            caller.send(GET);
            assertThat(agent.readHead()).contains("Hansard-Service: ledger\r\n");
            agent.send(sent);
            agent.halfClose();

            String response = caller.readResponse();
            for (int interim = 0; response.startsWith("HTTP/1.1 199 ") && interim < 8; interim++) {
                assertThat(response).doesNotContain("Hansard-Leaving");
                response = caller.readResponse();
            }
            assertThat(response).as(what).startsWith("HTTP/1.1 502 ").contains(code);
            assertThat(agent.readToEnd()).isEmpty();
        }
    }

    @Test
    void waitsForAnAgentThatNeverAnswersNoLongerThanForAnUpstream() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            caller.send(GET);
            agent.readHead();

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 504 ").contains("\"upstream_timeout\"");
            assertThat(agent.readToEnd()).isEmpty();
        }
    }

    @Test
    void waitsNoLongerForOneThatDripsItsHead() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller();
                var drip = Executors.newSingleThreadScheduledExecutor()) {
            caller.send(GET);
            agent.readHead();
            agent.send("HTTP/1.1 200 OK\r\nA: ");
            ScheduledFuture<?> dripping = drip.scheduleAtFixedRate(
                    () -> {
                        try {
                            agent.send("H");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 504 ").contains("\"upstream_timeout\"");
            dripping.cancel(true);
        }
    }

    @Test
    void usesNoConnectionThatHasSaidSomethingUnasked() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            agent.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            await().atMost(AgentFixture.PATIENCE)
                    .until(() -> agents.node().agents().getFirst().connections() == 0);
            caller.send(GET);

            assertThat(caller.readResponse()).contains("\"agent_unavailable\"").doesNotContain("evil");
        }
    }

    @Test
    void handsNoAnswerOfOneCallToTheNext() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            caller.send(GET);
            agent.readHead();
            agent.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            assertThat(caller.readResponse()).endsWith("ok");
            caller.send(GET);

            assertThat(caller.readResponse()).doesNotContain("evil");
        }
    }

    @Test
    void asksNoConnectionThatHasLeft() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            agent.send("HTTP/1.1 199 Leaving\r\nHansard-Leaving: 1\r\n\r\n");

            assertThat(agent.readToEnd()).isEmpty();
            caller.send(GET);
            assertThat(caller.readResponse()).contains("\"agent_unavailable\"");
        }
    }

    @Test
    void closesTheConnectionOfACallerThatHasGone() throws IOException {
        try (RawClient agent = turned()) {
            RawClient caller = agents.caller();
            caller.send("POST /x HTTP/1.1\r\nHost: b\r\nContent-Length: 10\r\n\r\nhalf");
            agent.readHead();
            caller.leave();

            assertThat(agent.readToEnd()).isEqualTo("half");
        }
    }

    @Test
    void breaksOffAResponseThatTheAgentBreaksOff() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            caller.send(GET);
            agent.readHead();
            agent.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            caller.readHead();
            agent.leave();

            assertThat(caller.readToEnd()).isEqualTo("half");
        }
    }

    @Test
    void takesAFieldOfOursFromNoCaller() throws IOException {
        try (RawClient agent = turned();
                RawClient caller = agents.caller()) {
            caller.send("GET /x HTTP/1.1\r\nHost: b\r\nHansard-Service: other\r\nHansard-Refusal: a b\r\n\r\n");
            String head = agent.readHead();
            agent.send("HTTP/1.1 204 No Content\r\n\r\n");

            assertThat(caller.readHead()).startsWith("HTTP/1.1 204 ");
            assertThat(head).containsOnlyOnce("Hansard-").contains("Hansard-Service: ledger\r\n");
        }
    }

    @Test
    void usesAnAgentOnWhoseTargetSaysThatItLeaves() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 199 Leaving\r\nHansard-Leaving: 1\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nHansard-Refusal: no no\r\nContent-Length: 2\r\n\r\nok")) {
            agents.agent("ledger: 'http://127.0.0.1:" + target.port() + "'");
            try (RawClient caller = agents.caller()) {
                for (int call = 0; call < 3; call++) {
                    assertThat(caller.send(GET).readHead())
                            .startsWith("HTTP/1.1 199 ")
                            .doesNotContain("Hansard-");
                    assertThat(caller.readResponse())
                            .startsWith("HTTP/1.1 200 OK")
                            .endsWith("ok");
                }
            }

            assertThat(target.connections()).isEqualTo(1);
        }
    }
}
