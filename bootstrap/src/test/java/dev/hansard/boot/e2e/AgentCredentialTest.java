// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent adds for its targets: it is on the way to them and nowhere else. */
@Timeout(60)
class AgentCredentialTest {
    private static final String SECRET = "key-of-the-target-4711-canary";

    @TempDir
    Path folder;

    @TempDir
    Path agentFolder;

    private String service(int port, String more) throws IOException {
        Path key = Files.writeString(agentFolder.resolve("key"), SECRET);
        return "ledger: { upstream: 'http://127.0.0.1:" + port
                + "', credentials: [{ type: header, name: X-Api-Key, value: '${file:" + key
                + "}' }, { type: query, name: key, value: '${file:" + key + "}' }]" + more + " }";
    }

    /** A wire between agent and gateway that keeps all that goes over it. */
    private static final class Tap implements AutoCloseable {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int gateway;

        Tap(int gateway) throws IOException {
            this.gateway = gateway;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket agent = server.accept();
                    var to = new Socket(InetAddress.getLoopbackAddress(), gateway);
                    Thread.ofVirtual().start(() -> copy(agent, to));
                    Thread.ofVirtual().start(() -> copy(to, agent));
                }
            } catch (IOException _) {
                // It was closed.
            }
        }

        private void copy(Socket from, Socket to) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                var bytes = new byte[8_192];
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    synchronized (seen) {
                        seen.write(bytes, 0, count);
                    }
                    out.write(bytes, 0, count);
                }
            } catch (IOException _) {
                // Either side has gone.
            }
        }

        String seen() {
            synchronized (seen) {
                return seen.toString(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private void startThrough(Tap tap, AgentFixture agents, String service) throws IOException {
        AgentFixture.awaitConnected(agents.start(
                "dc2",
                Files.writeString(agentFolder.resolve("token"), AgentFixture.TOKEN),
                service,
                new dev.hansard.ports.exchange.UpstreamAddress(false, "127.0.0.1", tap.server.getLocalPort())));
    }

    private static String call(AgentFixture agents, String target, String fields) throws IOException {
        try (RawClient caller = agents.caller()) {
            return caller.send("GET " + target + " HTTP/1.1\r\nHost: b\r\n" + fields + "\r\n")
                    .readResponse();
        }
    }

    @Test
    void isNeitherOnTheWireToTheGatewayNorOnItsDisk() throws IOException {
        try (var target = ScriptedUpstream.with((request, out, _) -> {
                    String echo = request.contains("/echo") ? "you sent " + SECRET : "nothing";
                    String field = request.contains("/field") ? "X-Echo: " + SECRET + "\r\n" : "";
                    ScriptedUpstream.write(
                            out,
                            "HTTP/1.1 200 OK\r\n" + field + "Content-Length: " + echo.length() + "\r\n\r\n" + echo);
                    return true;
                });
                var agents = AgentFixture.gateway(folder);
                var tap = new Tap(agents.port())) {
            startThrough(tap, agents, service(target.port(), ""));

            String plain = call(agents, "/a?x=1&key=of-the-caller", "X-Api-Key: of-the-caller\r\nX_Api-Key2: a\r\n");
            String served = call(agents, "/a?x=1&key=of-the-caller", "X-Api-Key: of-the-caller\r\n");
            String echoed = call(agents, "/echo", "");
            String inField = call(agents, "/field", "");

            assertThat(plain).startsWith("HTTP/1.1 400 ");
            assertThat(served).startsWith("HTTP/1.1 200 ");
            assertThat(target.requests().getFirst())
                    .startsWith("GET /a?x=1&key=" + SECRET + " HTTP/1.1\r\n")
                    .contains("X-Api-Key: " + SECRET + "\r\n")
                    .doesNotContain("of-the-caller");
            assertThat(List.of(echoed, inField))
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 502 ").contains("\"credential_reflected\""));
            agents.node().close();
            assertThat(tap.seen()).contains("Hansard-Service: ledger").doesNotContain(SECRET, base64(SECRET));
            assertThat(filesWith(SECRET)).isEmpty();
            assertThat(filesWith(AgentFixture.TOKEN)).containsExactly("gateway-token");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> has(file, text))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void coversWhatATargetRepeatsWhereThatIsWanted() throws IOException {
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                        + (SECRET.length() + 4) + "\r\n\r\nyou " + SECRET);
                var agents = AgentFixture.gateway(folder)) {
            agents.agent(service(target.port(), ", on-reflection: redact"));

            assertThat(call(agents, "/", ""))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("you " + "*".repeat(SECRET.length()));
        }
    }

    @Test
    void isAddedToWhatPeopleHaveApproved() throws IOException {
        Files.writeString(folder.resolve("gateway-token"), AgentFixture.TOKEN);
        try (var target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
                var agents = AgentFixture.configured(folder, """
                        version: 1
                        listeners: { default: { address: "127.0.0.1:0" } }
                        admin: { address: "127.0.0.1:0" }
                        storage: { data-dir: data }
                        agents: { dc2: { token: "${file:gateway-token}" } }
                        services: { ledger: { match: [{ path-prefix: / }], via-agent: dc2 } }
                        policies: { posts: { when: { method: POST }, action: require-approval } }
                        """);
                var caller = agents.caller()) {
            agents.agent(service(target.port(), ""));
            caller.send("POST /pay HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\n4711");
            Approval asked = await().atMost(AgentFixture.PATIENCE)
                    .until(
                            () -> agents.node().approvals().list(ann(), Set.of(ApprovalState.PENDING), null, 10),
                            Predicate.not(List::isEmpty))
                    .getFirst();
            agents.node().approvals().decide(ann(), asked.id(), Vote.Verdict.APPROVE, "fine", asked.digest());

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("done");
            assertThat(target.requests())
                    .singleElement()
                    .asString()
                    .contains(SECRET)
                    .endsWith("4711");
        }
    }

    private static Visitor ann() {
        return new Visitor(
                Access.toEverything(new Caller("corp", "ann", List.of("leads")), "a test"), "127.0.0.1", null);
    }
}
