// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.masking.MaskCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** An admin listener over fakes, with a client. Closing it checks that nothing is left behind. */
final class RunningAdmin implements AutoCloseable {
    static final CallCounts COUNTS = new CallCounts(
            10, 8, 7, 1, 0, Map.of("no_route", 2L), 0, new MaskCounts(0, Map.of("syntax", 1L), Map.of()));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final InMemorySessions sessions = new InMemorySessions();
    final FakeDesks desks = new FakeDesks();
    final List<NodeHealth.Check> checks = new CopyOnWriteArrayList<>(List.of(new NodeHealth.Check("spool", true, "")));
    private final Set<Thread> before = threads();
    private final AdminServer server;
    private final HttpClient client;

    private RunningAdmin(AdminSettings settings) {
        this.server =
                AdminServer.start(settings, desks.over(sessions), new CountingGateway(), () -> List.copyOf(checks));
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static RunningAdmin start() {
        return start(settings(Duration.ofSeconds(15), Duration.ofSeconds(30)));
    }

    static RunningAdmin start(AdminSettings settings) {
        return new RunningAdmin(settings);
    }

    static AdminSettings settings(Duration heartbeat, Duration stall) {
        return new AdminSettings("127.0.0.1", 0, 4, 4, 8L << 20, heartbeat, stall, Duration.ofSeconds(5), null);
    }

    int port() {
        return server.port();
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port() + target);
    }

    HttpResponse<String> get(String target, String... fields) throws IOException, InterruptedException {
        return send("GET", target, fields);
    }

    HttpResponse<String> send(String method, String target, String... fields) throws IOException, InterruptedException {
        return client.send(request(method, target, fields), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String target, String content) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(target))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String target, String... fields) throws IOException, InterruptedException {
        return client.send(request("GET", target, fields), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String method, String target, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        return fields.length == 0 ? request.build() : request.headers(fields).build();
    }

    /** Sends text as it is and reads until the server closes. */
    String raw(String text) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    Socket socket() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** The table that is routed. */
    List<Route> routes() {
        var node = new NodeState(new CountingGateway(), List::of);
        return AdminServer.routes(AdminSettings.of("127.0.0.1", 0), desks.over(sessions), node, new AtomicBoolean());
    }

    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        client.close();
        await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(leaked()).isEmpty();
            assertThat(sessions.openStreams()).isZero();
        });
    }

    private Set<Thread> leaked() {
        Set<Thread> left = threads();
        left.removeAll(before);
        return left;
    }

    /** Platform threads, but for two timers that Helidon never ends and what the platform keeps for all. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("helidon-"))
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("InnocuousThreadGroup"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool")
                        && !thread.getName().startsWith("VirtualThread"))
                .collect(Collectors.toSet());
    }

    private static final class CountingGateway implements Gateway {
        @Override
        public Admission admit(RequestHead head, Arrival arrival) {
            throw new UnsupportedOperationException("The admin listener admits nothing");
        }

        @Override
        public void refusedOnTheWire(String code) {
            throw new UnsupportedOperationException("The admin listener refuses nothing on the wire");
        }

        @Override
        public CallCounts counts() {
            return COUNTS;
        }
    }
}
