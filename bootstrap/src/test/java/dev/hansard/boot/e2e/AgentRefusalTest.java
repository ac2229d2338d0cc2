// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.wiring.AgentNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in as an agent, and what an agent does not do. */
@Timeout(60)
class AgentRefusalTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: b\r\n\r\n";

    @TempDir
    Path folder;

    private AgentFixture agents;

    @BeforeEach
    void startGateway() throws IOException {
        agents = AgentFixture.gateway(folder);
    }

    @AfterEach
    void stop() {
        agents.close();
    }

    private String answerTo(String head) throws IOException {
        try (RawClient client = agents.caller()) {
            return client.send(head).readToEnd();
        }
    }

    private static String knock(String name, String token, String upgrade) {
        return "GET /.hansard/agents/" + name + " HTTP/1.1\r\nHost: gw\r\nConnection: Upgrade\r\nUpgrade: " + upgrade
                + "\r\nHansard-Agent-Process: 0123456789abcdef\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void tellsAWrongTokenFromAWrongNameInNothing() throws IOException {
        String wrongToken = answerTo(knock("dc2", "x".repeat(35), "hansard-agent/1"));
        String wrongName = answerTo(knock("dc3", AgentFixture.TOKEN, "hansard-agent/1"));
        String noToken = answerTo("GET /.hansard/agents/dc2 HTTP/1.1\r\nHost: gw\r\n\r\n");

        assertThat(wrongToken)
                .startsWith("HTTP/1.1 401 ")
                .contains("\"agent_unknown\"", "WWW-Authenticate: Bearer\r\n", "Connection: close\r\n")
                .doesNotContain("xxxx");
        assertThat(wrongName).isEqualTo(wrongToken);
        assertThat(noToken).isEqualTo(wrongToken);
    }

    @Test
    void doesNotServeThroughAnAgentWithAWrongToken() throws IOException {
        AgentNode agent = agents.start("dc2", "y".repeat(40), "ledger: 'http://127.0.0.1:1'");

        try (RawClient caller = agents.caller()) {
            assertThat(caller.send(GET).readResponse()).contains("\"agent_unavailable\"");
        }
        assertThat(agent.connections()).isZero();
    }

    @Test
    void saysWhichProtocolItSpeaks() throws IOException {
        assertThat(answerTo(knock("dc2", AgentFixture.TOKEN, "hansard-agent/2")))
                .startsWith("HTTP/1.1 426 ")
                .contains("\"agent_protocol_unknown\"", "Upgrade: hansard-agent/1\r\n");
    }

    @Test
    void refusesARequestThatIsNoUpgrade() throws IOException {
        assertThat(answerTo(knock("dc2", AgentFixture.TOKEN, "hansard-agent/1")
                        .replace("Process: 0123456789abcdef", "Process: nobody")))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"agent_request_invalid\"");
    }

    @Test
    void saysThatTheAgentDoesNotKnowTheService() throws IOException {
        agents.agent("other: 'http://127.0.0.1:1'");

        try (RawClient caller = agents.caller()) {
            assertThat(caller.send(GET).readResponse())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"agent_service_unknown\"");
        }
    }

    @Test
    void keepsTheConnectionOfAnAgentThatCannotReachItsTarget() throws IOException {
        AgentNode agent = agents.agent("ledger: 'http://127.0.0.1:" + closedPort() + "'");
        int before = agents.node().agents().getFirst().connections();

        try (RawClient caller = agents.caller()) {
            for (int call = 0; call < 20; call++) {
                assertThat(caller.send(GET).readResponse())
                        .startsWith("HTTP/1.1 502 ")
                        .contains("\"upstream_unreachable\"");
            }
        }
        assertThat(agents.node().agents().getFirst().connections()).isEqualTo(before);
        assertThat(agent.connections()).isEqualTo(before);
    }

    @Test
    void servesAgainOnceTheRightAgentComes() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            try (RawClient caller = agents.caller()) {
                assertThat(caller.send(GET).readResponse()).contains("\"agent_unavailable\"");
            }

            agents.agent("ledger: 'http://127.0.0.1:" + target.port() + "'");

            await().atMost(AgentFixture.PATIENCE).untilAsserted(() -> {
                try (RawClient caller = agents.caller()) {
                    assertThat(caller.send(GET).readResponse()).startsWith("HTTP/1.1 200 OK");
                }
            });
        }
    }

    @Test
    void reachesNoOtherTargetThanTheOneThatTheGatewayNames(@TempDir Path other) throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var named = AgentFixture.gateway(
                        other, "via-agent: dc2, upstream: 'http://127.0.0.1:" + target.port() + "'")) {
            named.agent("ledger: 'http://127.0.0.1:" + target.port() + "'");
            try (RawClient caller = named.caller()) {
                assertThat(caller.send(GET).readResponse()).startsWith("HTTP/1.1 200 OK");
            }
        }
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var named = AgentFixture.gateway(other, "via-agent: dc2, upstream: 'http://ledger.internal:9002'")) {
            named.agent("ledger: 'http://127.0.0.1:" + target.port() + "'");
            try (RawClient caller = named.caller()) {
                assertThat(caller.send(GET).readResponse()).contains("\"agent_target_mismatch\"");
            }
            assertThat(target.requests()).isEmpty();
        }
    }
}
