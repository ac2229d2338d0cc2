// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.wiring.AgentNode;
import dev.hansard.http.tls.TestIdentity;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose gateway is on TLS. */
@Timeout(60)
class AgentTlsTest {
    @TempDir
    Path folder;

    private final TestIdentity gateway = TestIdentity.ofLoopback();
    private final TestIdentity stranger = TestIdentity.ofLoopback();

    @BeforeEach
    void write() throws IOException {
        gateway.write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        stranger.write(folder.resolve("other.pem"), folder.resolve("other-key.pem"));
        Files.writeString(folder.resolve("gateway-token"), AgentFixture.TOKEN);
    }

    private AgentFixture agents() {
        return AgentFixture.configured(folder, """
                version: 1
                listeners:
                  default: { address: "127.0.0.1:0", tls: { cert-file: cert.pem, key-file: key.pem } }
                  plain: { address: "127.0.0.1:0" }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                agents: { dc2: { token: "${file:gateway-token}" } }
                services: { ledger: { match: [{ path-prefix: / }], via-agent: dc2 } }
                """);
    }

    private AgentNode start(AgentFixture agents, ScriptedUpstream target, String caFile) throws IOException {
        return agents.start(
                "dc2",
                folder.resolve("gateway-token"),
                "ledger: 'http://127.0.0.1:" + target.port() + "'",
                new UpstreamAddress(true, "127.0.0.1", agents.port()),
                new UpstreamTls(folder.resolve(caFile), null));
    }

    @Test
    void servesCallsOverTls() throws IOException {
        byte[] content = new byte[3 * 1024 * 1024];
        new Random(9).nextBytes(content);
        try (var target = ScriptedUpstream.onHead((_, out, socket) -> {
                    byte[] received = socket.getInputStream().readNBytes(content.length);
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + received.length + "\r\n\r\n");
                    out.write(received);
                    return true;
                });
                var agents = agents();
                RawClient caller = agents.node().caller("plain")) {
            AgentFixture.awaitConnected(start(agents, target, "cert.pem"));

            for (int call = 0; call < 3; call++) {
                caller.send("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: " + content.length + "\r\n\r\n");
                assertThat(caller.send(content).readHead()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(Arrays.equals(caller.in().readNBytes(content.length), content))
                        .isTrue();
            }
        }
    }

    @Test
    void tellsItsTokenToNoStranger() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var agents = agents();
                RawClient caller = agents.node().caller("plain")) {
            AgentNode agent = start(agents, target, "other.pem");
            caller.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");

            assertThat(caller.readResponse()).contains("\"agent_unavailable\"");
            assertThat(agent.connections()).isZero();
        }
    }
}
