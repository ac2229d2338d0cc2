// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees of the demo, by the commands that it prints. */
@Timeout(400)
final class DemoIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PLACE = Pattern.compile("or open  (\\S+)");
    private static final Pattern ISSUER = Pattern.compile("issuer +(http://\\S+)");
    private static final Pattern WAITING = Pattern.compile("approvals approve (apr_\\S+) --admin \\S+");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REFUND = "{\"payment\":1002,\"amount\":5000,\"reason\":\"damaged\"}";
    private static final int OK = 0;
    private static final int NOT_ALLOWED = 3;

    private final HttpClient client = HttpClient.newHttpClient();
    private String gateway = "";
    private String admin = "";
    private JarNode demo;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        gateway = "127.0.0.1:" + freePort();
        admin = "127.0.0.1:" + freePort();
        demo = run("demo", "--listen", gateway, "--admin", admin);
        await().atMost(LIMIT).until(() -> demo.stdout().contains("Ctrl-C stops it"));
    }

    @AfterEach
    void stop() {
        demo.close();
        client.shutdownNow();
    }

    /** As the script runs it, but for what keeps others from looking at the process. */
    private JarNode run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JarNode.tool("java"),
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                JarNode.jar().toString()));
        command.addAll(List.of(arguments));
        return JarNode.launch(folder, command);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What a command says that ends well, at the demo's admin plane. */
    private String said(String... arguments) {
        return said(OK, arguments);
    }

    private String said(int exitCode, String... arguments) {
        var all = new ArrayList<String>(List.of(arguments));
        all.addAll(List.of("--admin", "http://" + admin));
        try (JarNode command = run(all.toArray(String[]::new))) {
            assertThat(command.exitCode(LIMIT)).as(command.stderr()).isEqualTo(exitCode);
            return command.stdout() + command.stderr();
        }
    }

    /** With a command line and a browser. */
    private void signInAs(String person) throws IOException, InterruptedException {
        try (JarNode login = run("login", "--admin", "http://" + admin)) {
            await().atMost(LIMIT).until(() -> PLACE.matcher(login.stderr()).find());
            URI place = URI.create(found(PLACE, login.stderr()) + "&person=" + person);
            HttpResponse<String> done =
                    client.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString());
            assertThat(done.body()).contains("You are signed in");
            assertThat(login.exitCode(LIMIT)).as(login.stderr()).isZero();
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private String token(String service) throws IOException, InterruptedException {
        byte[] shown = (service + ":" + service + "-demo").getBytes(StandardCharsets.US_ASCII);
        var request = HttpRequest.newBuilder(URI.create(found(ISSUER, demo.stdout()) + "/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(shown))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"));
        String answer = client.send(request.build(), BodyHandlers.ofString()).body();
        return JSON.readTree(answer).get("access_token").asText();
    }

    private HttpRequest.Builder call(String target) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create("http://" + gateway + target))
                .header("Authorization", "Bearer " + token("billing"));
    }

    private HttpRequest.Builder refund() throws IOException, InterruptedException {
        return call("/payments/v1/refunds")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(REFUND));
    }

    private HttpResponse<String> polled(String place) throws IOException, InterruptedException {
        return client.send(call(place).build(), BodyHandlers.ofString());
    }

    private JsonNode shown(String what, String id) throws IOException {
        return JSON.readTree(said(what, "show", id, "-o", "json"));
    }

    @Test
    void showsTrafficAndCleansUp() throws Exception {
        signInAs("admin");
        said("sessions", "ls");
        try (Caller caller = Caller.to(URI.create("http://" + gateway).getPort())) {
            Caller.Reply reply = caller.get("/search/products?q=lamp");
            assertThat(reply.content()).contains("A-17");
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(said("sessions", "show", reply.session()))
                            .contains("GET /products?q=lamp", "200"));
        }

        demo.terminate();

        assertThat(demo.exitCode(LIMIT)).isIn(0, 128 + 15);
        assertThat(demo.stdout()).contains("http://" + gateway, "http://" + admin);
        // Nothing but our own news: no library's banner, no warning of the JVM.
        assertThat(demo.stderr().lines())
                .allMatch(line -> line.startsWith("{") && line.contains("\"logger\":\"dev.hansard."));
        assertThat(demo.stderr()).doesNotContain("\"level\":\"warn\"", "\"level\":\"error\"");
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("hansard-demo-"));
        }
    }

    @Test
    void sendsARefundOnceSomebodyElseHasApprovedIt() throws Exception {
        HttpResponse<String> accepted =
                client.send(refund().header("Prefer", "respond-async").build(), BodyHandlers.ofString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String place = accepted.headers().firstValue("Location").orElseThrow();
        String id = place.substring(place.lastIndexOf('/') + 1);
        await().atMost(LIMIT).until(() -> demo.stdout().contains("approvals approve " + id));
        assertThat(demo.stdout()).containsPattern("http://" + admin + "/approve/\\S+");

        signInAs("admin");
        assertThat(said("approvals", "ls")).contains(id);
        String own = said(NOT_ALLOWED, "approvals", "approve", id, "--yes");
        assertThat(own).contains("somebody else has to decide");
        assertThat(polled(place).statusCode()).isEqualTo(202);

        signInAs("reviewer");
        assertThat(said("approvals", "approve", id, "--yes", "--comment", "checked"))
                .contains("approved");
        HttpResponse<String> answer =
                await().atMost(LIMIT).until(() -> polled(place), polled -> polled.statusCode() != 202);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("accepted");

        JsonNode approval = shown("approvals", id);
        assertThat(approval.get("state").asText()).isEqualTo("collected");
        for (String end : List.of("session", "sentAs")) {
            String session = approval.get(end).asText();
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(shown("sessions", session)
                                    .at("/decision/approvalId")
                                    .asText())
                            .isEqualTo(id));
        }
    }

    /** As its own traffic does: the connection stays open until somebody has approved. */
    @Test
    void answersARefundThatWaitsOnItsConnection() throws Exception {
        String first = await().atMost(LIMIT).until(() -> waiting(demo.stdout(), ""), Predicate.not(String::isEmpty));
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(refund().build(), BodyHandlers.ofString());
        String id = await().atMost(LIMIT).until(() -> waiting(demo.stdout(), first), Predicate.not(String::isEmpty));
        assertThat(answer).isNotDone();

        signInAs("reviewer");
        said("approvals", "approve", id, "--yes");

        assertThat(answer.get().statusCode()).isEqualTo(201);
        JsonNode approval = shown("approvals", id);
        assertThat(approval.get("state").asText()).isEqualTo("used");
        assertThat(answer.get().headers().firstValue("Hansard-Session"))
                .contains(approval.get("session").asText());
    }

    /** The id of an approval that the demo has told of, other than one; empty when there is none. */
    private static String waiting(String text, String other) {
        return WAITING.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(id -> !id.equals(other))
                .findFirst()
                .orElse("");
    }
}
