// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hansard.ports.identity.OidcIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person follows a link from a notice, signs in on the way, and decides. */
@Timeout(120)
class ApprovalLinkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Cookies cookies = new Cookies();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
    private HttpServer hook;
    private OidcIssuer issuer;
    private ConfiguredNode node;

    @SuppressWarnings("NullAway.Init") // JUnit gives the folder and starts the rest.
    ApprovalLinkTest() {}

    @BeforeEach
    void start() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        issuer = OidcIssuer.start(Clock.systemUTC());
        node = ConfiguredNode.start(
                folder,
                """
                version: 1
                listeners: { edge: { address: 127.0.0.1:0 } }
                admin: { address: 127.0.0.1:0, login: [corp] }
                identity:
                  providers:
                    corp: { type: oidc, issuer: '%s', client-id: %s, client-secret: '%s' }
                  roles: { admin: { groups: [sre] } }
                services: { test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }] } }
                storage: { data-dir: data }
                sinks: { hook: { type: webhook, url: "http://127.0.0.1:%d/", secret: "${env:HOOK}" } }
                policies:
                  all: { when: { method: POST }, action: require-approval, approval: { hold: 60s } }
                """.formatted(
                                issuer.url(),
                                OidcIssuer.CLIENT,
                                OidcIssuer.SECRET,
                                upstream.port(),
                                hook.getAddress().getPort()),
                Map.of("HOOK", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    @AfterEach
    void stop() {
        node.close();
        issuer.close();
        browser.close();
        upstream.close();
        hook.stop(0);
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> decide(String link, String page, String verdict)
            throws IOException, InterruptedException {
        String form = "token=" + hidden(page, "token") + "&digest=" + hidden(page, "digest") + "&comment="
                + URLEncoder.encode("I looked at it", StandardCharsets.UTF_8) + "&verdict=" + verdict;
        var request = HttpRequest.newBuilder(URI.create(link))
                .header("Origin", node.adminUrl())
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).as(page).isTrue();
        return field.group(1);
    }

    private JsonNode asked() throws IOException {
        await().atMost(SOON).until(() -> !told.isEmpty());
        return JSON.readTree(told.getFirst()).path("data");
    }

    @Test
    void signsInOnTheWayAndDecidesOnce() throws Exception {
        try (RawClient caller = node.caller("edge")) {
            caller.send("POST /pay HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            String link = asked().path("link").asText();
            assertThat(link).startsWith(node.adminUrl() + "/approve/");

            HttpResponse<String> landed = get(link);
            HttpResponse<String> page = get(link);
            get(link);
            HttpResponse<String> decided = decide(link, page.body(), "approve");
            HttpResponse<String> again = decide(link, page.body(), "deny");

            assertThat(landed.body()).contains("url=" + URI.create(link).getRawPath());
            assertThat(page.body())
                    .contains("POST /pay", "Ann Lee", asked().path("digest").asText());
            assertThat(decided.body()).contains("You approved it.", "It is sent now.");
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200");
            assertThat(again.statusCode()).isEqualTo(410);
            assertThat(again.body()).contains("link_used");
            assertThat(get(node.adminUrl() + "/api/v1/audit").body())
                    .contains("\"approval_given\"", "\"actor\":\"ann\"");
        }
    }

    @Test
    void keepsPreviewsOfLinksFromDeciding() throws Exception {
        try (RawClient caller = node.caller("edge")) {
            caller.send("POST /pay HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            String path = URI.create(asked().path("link").asText()).getRawPath();

            int preview = node.get("", path).statusCode();

            assertThat(preview).isEqualTo(303);
            assertThat(upstream.requests()).isEmpty();
            assertThat(told).hasSize(1);
        }
    }
}
