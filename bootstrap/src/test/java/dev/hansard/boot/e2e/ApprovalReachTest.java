// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hansard.boot.cli.Screen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People are told of requests that wait, and decide by API and command, through the whole node. */
@Timeout(120)
class ApprovalReachTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private HttpServer hook;

    @SuppressWarnings("NullAway.Init") // JUnit gives the folder and starts the receiver.
    ApprovalReachTest() {}

    /** What a receiver got. */
    private record Told(String path, String id, String timestamp, String signature, String content) {
        JsonNode json() {
            try {
                return JSON.readTree(content);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** As the specification of Standard Webhooks says, and with nothing of ours. */
        boolean isSigned() throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            byte[] code = mac.doFinal((id + "." + timestamp + "." + content).getBytes(StandardCharsets.UTF_8));
            return signature.equals("v1," + Base64.getEncoder().encodeToString(code));
        }
    }

    @BeforeEach
    void listen() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            told.add(new Told(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(headers.getFirst("webhook-id")),
                    String.valueOf(headers.getFirst("webhook-timestamp")),
                    String.valueOf(headers.getFirst("webhook-signature")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
    }

    @AfterEach
    void stop() {
        hook.stop(0);
    }

    private List<Told> at(String path) {
        return told.stream().filter(one -> one.path().equals(path)).toList();
    }

    private RunningNode node(int upstreamPort, String approval) throws IOException {
        Files.writeString(folder.resolve("secret"), "whsec_" + KEY);
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                storage: { data-dir: "%s" }
                sinks:
                  hook: { type: webhook, url: "%s/hook", secret: "${file:%s}", events: [approval] }
                  chat: { type: webhook, format: slack, url: "%s/chat", events: [approval.requested] }
                policies:
                  big-refunds:
                    when: { method: POST, path: /v1/refunds/** }
                    action: require-approval
                    approval: { %s }
                    message: Refunds need somebody else.
                """.formatted(
                        upstreamPort, folder.resolve("data"), url(), folder.resolve("secret"), url(), approval));
    }

    private String url() {
        return "http://127.0.0.1:" + hook.getAddress().getPort();
    }

    private static String refund() {
        String json = "{\"amount\": 5000, \"password\": \"hush\"}";
        return "POST /v1/refunds/1?token=hush HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private static HttpResponse<String> post(RunningNode node, String path, String content)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(node.adminUrl() + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(content))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void tellsPeopleWhoThenDecideByTheApi() throws Exception {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund());
            await().atMost(SOON)
                    .until(() -> at("/hook").size() == 1 && at("/chat").size() == 1);
            Told asked = at("/hook").getFirst();
            JsonNode data = asked.json().path("data");
            String path = "/api/v1/approvals/" + data.path("id").asText();
            JsonNode shown = JSON.readTree(node.admin(path).body());

            HttpResponse<String> changed = post(node, path + ":approve", "{\"digest\":\"another\"}");
            HttpResponse<String> approved = post(
                    node,
                    path + ":approve",
                    "{\"digest\":\"" + shown.path("digest").asText() + "\",\"comment\":\"fine\"}");

            assertThat(asked.isSigned()).isTrue();
            assertThat(asked.json().path("type").asText()).isEqualTo("approval.requested");
            assertThat(data.path("digest")).isEqualTo(shown.path("digest"));
            assertThat(data.path("message").asText()).isEqualTo("Refunds need somebody else.");
            assertThat(asked.content()).doesNotContain("5000", "hush", "\"link\"");
            assertThat(at("/chat").getFirst().json().path("text").asText()).contains("*method* `POST`");
            assertThat(at("/chat").getFirst().content()).doesNotContain("hush");
            assertThat(shown.at("/request/body/text").asText()).contains("5000").doesNotContain("hush");
            assertThat(changed.statusCode()).isEqualTo(409);
            assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200").endsWith("done");
            await().atMost(SOON).until(() -> at("/hook").size() == 2);
            assertThat(at("/hook").getLast().json().path("type").asText()).isEqualTo("approval.decided");
            assertThat(at("/chat")).hasSize(1);
        }
    }

    @Test
    void letsPeopleDecideFromATerminal() throws Exception {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 60s");
                var caller = node.caller()) {
            caller.send(refund());
            await().atMost(SOON).until(() -> !told.isEmpty());
            Screen watch = Screen.piped();
            watch.run("approvals", "watch", "--admin", node.adminUrl(), "-n", "1", "-o", "id");
            String id = watch.out().strip();
            Screen show = Screen.piped();
            Screen deny = Screen.piped();
            Screen again = Screen.piped();

            show.run("approvals", "show", "--admin", node.adminUrl(), id);
            int denied =
                    deny.run("approvals", "deny", "--admin", node.adminUrl(), id, "--yes", "--comment", "too much");
            int late = again.run("approvals", "approve", "--admin", node.adminUrl(), id, "--yes");

            assertThat(show.out()).contains("POST /v1/refunds/1", "you        may decide on it", "\"amount\": 5000");
            assertThat(denied).as(deny.err()).isZero();
            assertThat(deny.out()).isEqualTo("denied\n");
            assertThat(late).isEqualTo(1);
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 403").contains("too much");
            assertThat(upstream.requests()).isEmpty();
            assertThat(node.admin("/api/v1/audit").body()).contains("approval_read", "approval_denied");
        }
    }

    @Test
    void tellsWhatNobodyDecidedInTime() throws Exception {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "hold: 1s, expires: 1s");
                var caller = node.caller()) {
            caller.send(refund());

            await().atMost(SOON).until(() -> at("/hook").size() == 2);
            Told over = at("/hook").getLast();

            assertThat(over.json().path("type").asText()).isEqualTo("approval.expired");
            assertThat(over.isSigned()).isTrue();
        }
    }
}
