// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls in the demo. */
class DemoCallersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NodeClock clock = NodeClock.system();
    private final DemoServices services = new DemoServices();
    private final DemoIssuer issuer = new DemoIssuer(clock);
    private final DemoBell bell = new DemoBell(new PrintStream(OutputStream.nullOutputStream()), clock);
    private final DemoSettings.Cast cast = new DemoSettings.Cast(services, issuer.url(), bell);
    private final HttpClient client = HttpClient.newHttpClient();
    private final DemoVisitor visitor = new DemoVisitor("auditor");

    @TempDir
    private Path folder = Path.of("");

    private Node node;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        node = Node.start(DemoSettings.of(ANY_PORT, ANY_PORT, folder, cast), clock);
        visitor.signIn("http://127.0.0.1:" + node.adminPort());
    }

    @AfterEach
    void close() {
        visitor.close();
        client.close();
        node.close();
        bell.close();
        issuer.close();
        services.close();
    }

    private String gateway() {
        return "http://127.0.0.1:" + node.port(ListenerSettings.DEFAULT.name());
    }

    private int call(String... fields) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway() + "/search/products?q=lamp"));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private Set<String> callersOnRecord() throws IOException, InterruptedException {
        HttpResponse<String> list = visitor.get("http://127.0.0.1:" + node.adminPort() + "/api/v1/sessions?limit=1000");
        var callers = new HashSet<String>();
        for (JsonNode item : JSON.readTree(list.body()).get("items")) {
            callers.add(item.at("/caller/subject").asText());
        }
        return callers;
    }

    @Test
    void namesTheServicesThatCall() {
        try (var _ = new DemoTraffic(gateway(), issuer.url(), clock)) {
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(callersOnRecord()).containsExactlyInAnyOrder("checkout", "billing"));
        }
    }

    @Test
    void letsAPlainCallInAsAnonymous() throws Exception {
        assertThat(call()).isEqualTo(200);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(callersOnRecord()).containsExactly("anonymous"));
    }

    @Test
    void takesNoBadTokenForAnonymous() throws Exception {
        String token = new DemoTokens(issuer.url(), client, clock.nanos()).of(DemoCast.CHECKOUT);
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);

        assertThat(call("Authorization", "Bearer " + token)).isEqualTo(200);
        assertThat(call("Authorization", "Bearer " + forged)).isEqualTo(401);
    }
}
