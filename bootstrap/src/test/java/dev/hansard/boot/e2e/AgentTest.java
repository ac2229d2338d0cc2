// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a service that only an agent reaches. */
@Timeout(60)
class AgentTest {
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

    private static String service(ScriptedUpstream target) {
        return "ledger: { upstream: 'http://127.0.0.1:" + target.port() + "' }";
    }

    @Test
    void servesACallThroughTheAgent() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                caller.send("GET /books?a=1 HTTP/1.1\r\nHost: books.example.com\r\n\r\n");
                String response = caller.readResponse();

                assertThat(response)
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .endsWith("hello")
                        .contains("Hansard-Session: ses_");
                assertThat(target.requests()).hasSize(1);
                assertThat(target.requests().getFirst())
                        .startsWith("GET /books?a=1 HTTP/1.1\r\n")
                        .contains("Host: 127.0.0.1:" + target.port() + "\r\n")
                        .contains("X-Forwarded-Host: books.example.com\r\n")
                        .doesNotContain("Hansard-Service");
            }
        }
    }

    @Test
    void sendsAContentBothWays() throws IOException {
        try (var target = ScriptedUpstream.with((request, out, _) -> {
            String content = request.substring(request.indexOf("\r\n\r\n") + 4);
            ScriptedUpstream.write(
                    out, "HTTP/1.1 201 Created\r\nContent-Length: " + content.length() + "\r\n\r\n" + content);
            return true;
        })) {
            agents.agent(service(target));

            try (RawClient caller = agents.caller()) {
                for (int call = 0; call < 20; call++) {
                    caller.send("POST /b HTTP/1.1\r\nHost: b\r\nContent-Length: 6\r\n\r\ncall" + (10 + call));

                    assertThat(caller.readResponse())
                            .startsWith("HTTP/1.1 201 Created\r\n")
                            .endsWith("call" + (10 + call));
                }
            }
        }
    }

    @Test
    void saysThatNoAgentIsConnected() throws IOException {
        try (RawClient caller = agents.caller()) {
            caller.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");

            assertThat(caller.readResponse())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"agent_unavailable\"")
                    .contains("Retry-After: 5\r\n");
        }
    }
}
