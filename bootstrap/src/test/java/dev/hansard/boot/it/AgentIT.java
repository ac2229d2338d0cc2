// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents as processes of their own, of which one is killed and started again while there is load. */
class AgentIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CALLERS = 8;
    private static final int KILLS = JarNode.figure("agent.kills", 3);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    /** The status, and the code where there is one. */
    private String call(JarNode gateway) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/now"))
                .timeout(LIMIT)
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "broken off: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private JarNode agent(JarNode gateway, Upstream target) throws IOException {
        Path services = Files.writeString(
                folder.resolve("agent.yaml"), "version: 1\nservices: { ledger: '" + target.url() + "' }\n");
        return JarNode.launch(
                folder,
                List.of(
                        JarNode.tool("java"),
                        "-jar",
                        JarNode.jar().toString(),
                        "agent",
                        "--gateway",
                        "http://127.0.0.1:" + gateway.port(),
                        "--name",
                        "dc2",
                        "--token-file",
                        folder.resolve("token").toString(),
                        "--config",
                        services.toString()));
    }

    private static void awaitAgents(JarNode gateway, int count) {
        try (Admin admin = Admin.of(gateway)) {
            await().atMost(LIMIT).until(() -> processes(admin) >= count);
        }
    }

    private static long processes(Admin admin) {
        return admin.json("/api/v1/counters")
                .path("figures")
                .propertyStream()
                .filter(figure -> figure.getKey().startsWith("hansard_agent_processes"))
                .mapToLong(figure -> figure.getValue().asLong())
                .sum();
    }

    @Test
    @Timeout(300)
    void failsOnlyTheCallsUnderWayWhenAnAgentIsKilled() throws Exception {
        Files.writeString(folder.resolve("token"), "an-agents-token-0123456789abcdef\n");
        Path configuration = Files.writeString(folder.resolve("gateway.yaml"), """
                version: 1
                agents: { dc2: { token: "${file:token}" } }
                services: { ledger: { match: [{ path-prefix: / }], via-agent: dc2 } }
                """);
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        var isOver = new AtomicBoolean();
        try (Upstream target = Upstream.echoing();
                JarNode gateway = JarNode.start(folder, List.of(), List.of("--config", configuration.toString()));
                JarNode staying = agent(gateway, target)) {
            JarNode killed = agent(gateway, target);
            awaitAgents(gateway, 2);
            List<Thread> load = IntStream.range(0, CALLERS)
                    .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                        while (!isOver.get()) {
                            answers.add(call(gateway));
                        }
                    }))
                    .toList();
            for (int kill = 0; kill < KILLS; kill++) {
                int before = answers.size();
                await().atMost(LIMIT).until(() -> answers.size() > before + 200);
                killed.kill();
                killed = agent(gateway, target);
                awaitAgents(gateway, 2);
            }
            isOver.set(true);
            for (Thread one : load) {
                one.join();
            }
            killed.close();
            assertThat(staying.isAlive()).isTrue();
        }

        List<String> failed =
                answers.stream().filter(answer -> !answer.equals("200")).toList();
        assertThat(failed).allMatch(answer -> answer.startsWith("502 ") && answer.contains("\"agent_lost\""));
        assertThat(failed).as("each caller has one call under way").hasSizeLessThanOrEqualTo(CALLERS * KILLS);
        Findings.note("agent: %d calls, %d kills, %d calls lost".formatted(answers.size(), KILLS, failed.size()));
    }
}
