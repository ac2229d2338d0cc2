// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansard.boot.e2e.Cookies;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person, a browser that clicks by itself, a real Keycloak, and Hansard from its jar. */
final class KeycloakSignInIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\"[^>]*name=\"(\\w+)\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern PLACE = Pattern.compile("or open  (\\S+)");
    private static final AtomicReference<Keycloak> STARTED = new AtomicReference<>();

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    @BeforeAll
    static void start() throws IOException {
        Path distribution = Keycloak.distribution();
        assumeTrue(
                Files.isRegularFile(distribution),
                () -> "the tests with Keycloak are skipped: there is no " + distribution + ", which .ci/setup gets");
        STARTED.set(Keycloak.start(home));
    }

    @AfterAll
    static void stop() {
        if (STARTED.get() != null) {
            STARTED.get().close();
        }
    }

    private JarNode node() throws IOException {
        Path config = Files.writeString(
                folder.resolve("hansard.yaml"), """
                version: 1
                listeners: { edge: { address: "127.0.0.1:8080" } }
                admin: { login: [corp] }
                identity:
                  providers:
                    corp:
                      type: oidc
                      issuer: %s
                      client-id: hansard
                      client-secret: "s3cret: with a colon & more"
                      device: true
                      claims: { subject: preferred_username }
                  roles: { admin: { groups: [sre] } }
                services: { target: "http://127.0.0.1:1" }
                """.formatted(STARTED.get().issuer("people")));
        return JarNode.start(folder, List.of(), List.of("--config", config.toString()));
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** Fills in the only form of a page, and sends it. */
    private HttpResponse<String> submit(HttpResponse<String> page, String fields)
            throws IOException, InterruptedException {
        var action = ACTION.matcher(page.body());
        assertThat(action.find()).as(page.body()).isTrue();
        var form = new StringBuilder(fields);
        HIDDEN.matcher(page.body())
                .results()
                .forEach(field -> form.append('&')
                        .append(field.group(1))
                        .append('=')
                        .append(URLEncoder.encode(field.group(2), StandardCharsets.UTF_8)));
        var request = HttpRequest.newBuilder(page.uri().resolve(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()));
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> typePassword(HttpResponse<String> page) throws IOException, InterruptedException {
        return submit(page, "username=ann&password=ann-password");
    }

    @Test
    @Timeout(240)
    void signsInWithABrowser() throws Exception {
        try (JarNode node = node()) {
            String admin = "http://127.0.0.1:" + node.adminPort();

            HttpResponse<String> landed = typePassword(get(admin + "/login?return-to=/api/v1/me"));

            assertThat(landed.statusCode()).as(landed.body() + node.stderr()).isEqualTo(200);
            assertThat(landed.uri().getPath()).isEqualTo("/login/corp/callback");
            assertThat(get(admin + "/api/v1/me").body())
                    .contains("\"subject\":\"ann\"", "\"name\":\"Ann Lee\"", "\"email\":\"ann@example.com\"", "sre");
        }
    }

    @Test
    @Timeout(240)
    void signsACommandLineIn() throws Exception {
        try (JarNode node = node();
                JarNode login = run("login", "--admin", "http://127.0.0.1:" + node.adminPort())) {
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(login.stderr() + node.stderr()).containsPattern(PLACE));
            var place = PLACE.matcher(login.stderr());
            assertThat(place.find()).isTrue();

            HttpResponse<String> consent = typePassword(get(place.group(1)));
            submit(consent, "accept=Yes");

            assertThat(login.exitCode(LIMIT)).as(login.stderr()).isZero();
            assertThat(login.stdout()).isEqualTo("corp/ann\n");
        }
    }

    private JarNode run(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(JarNode.tool("java"), "-jar", JarNode.jar().toString()));
        command.addAll(List.of(arguments));
        return JarNode.launch(folder, command);
    }
}
