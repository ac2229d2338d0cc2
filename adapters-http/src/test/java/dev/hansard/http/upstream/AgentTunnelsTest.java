// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.agent.AgentGate;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentTunnelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AgentName DC2 = new AgentName("dc2");
    private static final AgentGate NOBODY =
            (_, _) -> new AgentGate.Entry.TurnedAway(new Refusal(401, "agent_unknown", "nobody"));
    private static final Service LEDGER = new Service(
            new ServiceName("ledger"),
            List.of(UpstreamAddress.behind(DC2, new ServiceName("ledger"))),
            UpstreamTls.DEFAULT,
            new UpstreamTimeouts(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(60)),
            List.of(Match.ANY),
            RecordPolicy.DEFAULT,
            RetentionClass.DEFAULT,
            Map.of(),
            DC2);

    private final AtomicLong clock = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(clock::get);
    private final UpstreamPool pool = new UpstreamPool(WireLimits.DEFAULT, deadlines, NOBODY);
    private final AgentTunnels tunnels = Objects.requireNonNull(pool.agents());
    private final List<Socket> agents = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        deadlines.close();
        for (Socket agent : agents) {
            agent.close();
        }
        server.close();
    }

    /** A connection of an agent, of which the test holds the agent's end. */
    private Socket connect(String process) throws IOException {
        int before = connections();
        var agent = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        agent.setSoTimeout((int) PATIENCE.toMillis());
        agents.add(agent);
        Socket accepted = server.accept();
        Tunnel tunnel = Objects.requireNonNull(
                tunnels.open(DC2, process, accepted.getInputStream(), accepted.getOutputStream(), () -> end(accepted)));
        Thread.ofVirtual().start(tunnel::serve);
        await().atMost(PATIENCE).until(() -> connections() == before + 1);
        return agent;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It has ended.
        }
    }

    private int connections() {
        return tunnels.states().isEmpty() ? 0 : tunnels.states().getFirst().connections();
    }

    private UpstreamConnection taken() {
        return await().atMost(PATIENCE)
                .until(() -> pool.reuse(LEDGER, LEDGER.upstreams().getFirst()), Objects::nonNull);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static String readHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return head + "(end)";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void exchange(UpstreamConnection connection, Socket agent, String response) throws IOException {
        connection.expectResponse("GET");
        connection.writer().requestLine("GET", "/");
        connection.writer().end();
        connection.send(PATIENCE);
        readHead(agent);
        write(agent, response);
        connection.readHead();
        connection.beginBody();
        while (!connection.drain((_, _, _) -> {})) {
            connection.readMore(PATIENCE);
        }
        pool.release(LEDGER, connection);
    }

    @Test
    void asksASilentAgentWhetherItIsThere() throws IOException {
        Socket agent = connect("a");
        pass(AgentTunnels.BEAT.multipliedBy(2));

        assertThat(readHead(agent)).startsWith("OPTIONS * HTTP/1.1\r\nHost: dc2.agent\r\n");
        write(agent, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertThat(taken().link().agent()).isEqualTo(DC2);
    }

    @Test
    void dropsAConnectionWhoseAgentDoesNotAnswer() throws IOException {
        Socket agent = connect("a");
        pass(AgentTunnels.BEAT.multipliedBy(2));
        readHead(agent);
        pass(AgentTunnels.BEAT_LIMIT.multipliedBy(2));

        assertThat(readHead(agent)).isEqualTo("(end)");
        await().atMost(PATIENCE).until(() -> connections() == 0);
    }

    @Test
    void usesAConnectionForOneCallAfterTheOther() throws IOException {
        Socket agent = connect("a");

        UpstreamConnection first = taken();
        exchange(first, agent, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        UpstreamConnection second = taken();
        exchange(second, agent, "HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(second).isSameAs(first);
        assertThat(tunnels.states().getFirst().busy()).isZero();
    }

    @Test
    void givesNoFurtherCallToAProcessThatLeaves() throws IOException {
        Socket leaving = connect("a");
        exchange(
                taken(),
                leaving,
                "HTTP/1.1 199 Leaving\r\nHansard-Leaving: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertThat(readHead(leaving)).isEqualTo("(end)");
        await().atMost(PATIENCE).until(() -> connections() == 0);
    }

    @Test
    void doesNotKeepAConnectionWithMoreThanTheResponse() throws IOException {
        Socket agent = connect("a");

        exchange(taken(), agent, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more");

        assertThat(readHead(agent)).isEqualTo("(end)");
    }

    @Test
    void waitsForAConnectionThatCallsGiveBack() throws Exception {
        Socket agent = connect("a");
        UpstreamConnection busy = taken();
        Thread giving = Thread.ofVirtual().unstarted(() -> {
            try {
                exchange(busy, agent, "HTTP/1.1 204 No Content\r\n\r\n");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThatThrownBy(() -> pool.connect(LEDGER, LEDGER.upstreams().getFirst()))
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("are in use");
        giving.start();
        giving.join();

        assertThat(pool.connect(LEDGER, LEDGER.upstreams().getFirst())).isSameAs(busy);
    }

    @Test
    void doesNotWaitForAnAgentThatNeverCame() {
        assertThatThrownBy(() -> pool.connect(LEDGER, LEDGER.upstreams().getFirst()))
                .isInstanceOfSatisfying(UpstreamException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.code()).isEqualTo("agent_unavailable");
                    assertThat(refused.refusal().fields()).extracting("name").containsExactly("Retry-After");
                });
    }

    @Test
    void closesASurplusThatCarriesNothing() throws IOException {
        for (int count = 0; count < AgentTunnels.KEPT_RESTING + 3; count++) {
            Socket agent = connect("a");
            Thread.ofVirtual().start(() -> answerBeats(agent));
        }

        await().atMost(PATIENCE).until(() -> {
            pass(Duration.ofSeconds(3));
            return connections() == AgentTunnels.KEPT_RESTING;
        });
    }

    private static void answerBeats(Socket agent) {
        try {
            while (!readHead(agent).endsWith("(end)")) {
                write(agent, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    @Test
    void takesNoMoreConnectionsOnceItDrains() throws IOException {
        connect("a");
        tunnels.drain();

        assertThat(tunnels.open(
                        DC2,
                        "b",
                        new java.io.ByteArrayInputStream(new byte[0]),
                        java.io.OutputStream.nullOutputStream(),
                        () -> {}))
                .isNull();
    }
}
