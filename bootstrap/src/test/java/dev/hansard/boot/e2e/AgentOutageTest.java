// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.wiring.AgentNode;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.fault.TcpFault;
import dev.hansard.ports.fault.TcpFaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that come and go, and break off, while there are calls. */
@Timeout(120)
class AgentOutageTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int CALLERS = 8;

    @TempDir
    Path folder;

    private AgentFixture agents;
    private ScriptedUpstream target;
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        agents = AgentFixture.gateway(folder);
        target = ScriptedUpstream.with((request, out, _) -> {
            if (request.startsWith("POST /wait")) {
                waiting.incrementAndGet();
                goOn.acquireUninterruptibly();
            }
            ScriptedUpstream.write(out, OK);
            return true;
        });
    }

    @AfterEach
    void stop() {
        goOn.release(1_000);
        agents.close();
        target.close();
    }

    private String service() {
        return "ledger: 'http://127.0.0.1:" + target.port() + "'";
    }

    private String post(String path) {
        try (RawClient caller = agents.caller()) {
            return caller.send("POST " + path + " HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\n\r\nhi")
                    .readResponse();
        } catch (IOException e) {
            return "broken off: " + e.getMessage();
        }
    }

    /** Calls until it is told to stop, and keeps what came back. */
    private final class Load implements AutoCloseable {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Queue<String> answers = new ConcurrentLinkedQueue<>();
        private final List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(_ -> Thread.ofVirtual().start(this::callOn))
                .toList();

        private void callOn() {
            while (!isOver.get()) {
                answers.add(post("/now"));
            }
        }

        /** Waits for so many further answers. */
        Load answered(int more) {
            int wanted = answers.size() + more;
            await().atMost(AgentFixture.PATIENCE).until(() -> answers.size() >= wanted);
            return this;
        }

        Queue<String> ended() {
            close();
            return answers;
        }

        @Override
        public void close() {
            isOver.set(true);
            await().atMost(AgentFixture.PATIENCE).until(() -> callers.stream().noneMatch(Thread::isAlive));
        }
    }

    @Test
    void failsTheCallsUnderWayAndNoOthersWhenAnAgentIsKilledAndComesAgain() throws Exception {
        var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), agents.port());
        try (var cable = TcpFaultProxy.to(gateway)) {
            AgentNode agent = agents.start(
                    "dc2",
                    Files.writeString(folder.resolve("token"), AgentFixture.TOKEN),
                    service(),
                    new UpstreamAddress(false, "127.0.0.1", cable.port()));
            AgentFixture.awaitConnected(agent);
            Queue<String> lost = new ConcurrentLinkedQueue<>();
            List<Thread> stuck = IntStream.range(0, 5)
                    .mapToObj(_ -> Thread.ofVirtual().start(() -> lost.add(post("/wait"))))
                    .toList();
            await().atMost(AgentFixture.PATIENCE).until(() -> waiting.get() == 5);

            Queue<String> answers;
            try (var load = new Load().answered(50)) {
                // As if the process was gone from one moment to the next.
                cable.apply(new TcpFault.Refuse());
                agents.start("dc2", AgentFixture.TOKEN, service());
                answers = load.answered(100).ended();
            }
            for (Thread one : stuck) {
                one.join();
            }

            assertThat(lost)
                    .hasSize(5)
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 502 ").contains("\"agent_lost\""));
            assertThat(answers).allSatisfy(answer -> assertThat(answer).matches(AgentOutageTest::isServedOrLost));
            assertThat(answers.stream()
                            .filter(answer -> answer.contains("agent_lost"))
                            .count())
                    .isLessThanOrEqualTo(CALLERS);
        }
    }

    private static boolean isServedOrLost(String answer) {
        return answer.startsWith("HTTP/1.1 200 ") || answer.contains("\"agent_lost\"");
    }

    @Test
    void losesNoCallWhenAnAgentStopsAndAnotherIsThere() throws Exception {
        AgentNode first = agents.agent(service());
        agents.agent(service());
        assertThat(agents.node().agents().getFirst().processes()).isEqualTo(2);

        Queue<String> answers;
        try (var load = new Load().answered(100)) {
            first.close();
            answers = load.answered(100).ended();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
        assertThat(agents.node().agents().getFirst().processes()).isEqualTo(1);
    }

    @Test
    void losesNoCallWhenTheOnlyAgentIsReplacedByItsSuccessor() throws Exception {
        AgentNode first = agents.agent(service());

        Queue<String> answers;
        try (var load = new Load().answered(50)) {
            for (int turn = 0; turn < 3; turn++) {
                first.close();
                first = agents.start("dc2", AgentFixture.TOKEN, service());
                load.answered(30);
            }
            answers = load.ended();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void finishesWhatIsUnderWayWhenTheAgentStops() throws Exception {
        AgentNode agent = agents.agent(service());
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        Thread caller = Thread.ofVirtual().start(() -> answers.add(post("/wait")));
        await().atMost(AgentFixture.PATIENCE).until(() -> waiting.get() == 1);

        Thread closing = Thread.ofVirtual().start(agent::close);
        await().atMost(AgentFixture.PATIENCE)
                .until(() -> agents.node().agents().getFirst().connections() == 1);
        String next = post("/now");
        goOn.release();
        caller.join();
        closing.join();

        assertThat(answers).singleElement().asString().startsWith("HTTP/1.1 200 ");
        assertThat(next).contains("\"agent_unavailable\"");
    }

    @Test
    void finishesWhatIsUnderWayWhenTheGatewayStops() throws Exception {
        agents.agent(service());
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        Thread caller = Thread.ofVirtual().start(() -> answers.add(post("/wait")));
        await().atMost(AgentFixture.PATIENCE).until(() -> waiting.get() == 1);

        Thread closing = Thread.ofVirtual().start(agents.node()::close);
        await().atMost(AgentFixture.PATIENCE)
                .until(() -> agents.node().agents().getFirst().connections() == 1);
        goOn.release();
        caller.join();
        closing.join();

        assertThat(answers).singleElement().asString().startsWith("HTTP/1.1 200 ");
    }

    @Test
    void sharesCallsAmongTheProcessesOfAnAgent() throws Exception {
        try (var other = ScriptedUpstream.answering(OK)) {
            agents.agent(service());
            agents.agent("ledger: 'http://127.0.0.1:" + other.port() + "'");

            for (int call = 0; call < 40; call++) {
                assertThat(post("/now")).startsWith("HTTP/1.1 200 ");
            }

            assertThat(target.requests()).hasSize(20);
            assertThat(other.requests()).hasSize(20);
        }
    }

    @Test
    void opensMoreConnectionsWhenMoreCallsCome() throws Exception {
        AgentNode agent = agents.agent(service());
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, 60)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> answers.add(post("/wait"))))
                .toList();

        await().atMost(AgentFixture.PATIENCE).until(() -> waiting.get() == 60);
        int connections = agent.connections();
        goOn.release(60);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(connections).isBetween(61, 100);
        assertThat(answers).hasSize(60).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
    }
}
