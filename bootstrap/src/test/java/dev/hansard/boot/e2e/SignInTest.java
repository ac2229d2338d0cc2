// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.ports.identity.OidcIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser, an issuer and a whole node. */
class SignInTest {
    private static final Pattern TOKEN = Pattern.compile("\"csrfToken\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final List<String> logged = new ArrayList<>();
    private final Cookies cookies = new Cookies();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private OidcIssuer issuer;
    private ConfiguredNode node;
    private final Handler listening = new Handler() {
        @Override
        public synchronized void publish(LogRecord event) {
            logged.add(event.getMessage()
                    + List.of(event.getParameters() == null ? new Object[0] : event.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void start() throws IOException {
        Logger.getLogger("").addHandler(listening);
        issuer = OidcIssuer.start(Clock.systemUTC());
        node = ConfiguredNode.start(folder, """
                version: 1
                listeners: { edge: { address: 127.0.0.1:0 } }
                admin: { address: 127.0.0.1:0, login: [corp], session: { idle: 5m, absolute: 1h } }
                identity:
                  providers:
                    corp: { type: oidc, issuer: '%s', client-id: %s, client-secret: '%s', device: true }
                  roles: { admin: { groups: [sre] } }
                services: { test: http://127.0.0.1:1 }
                storage: { data-dir: data }
                """.formatted(issuer.url(), OidcIssuer.CLIENT, OidcIssuer.SECRET));
    }

    @AfterEach
    void stop() {
        node.close();
        issuer.close();
        browser.close();
        Logger.getLogger("").removeHandler(listening);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create(node.adminUrl() + path)).build(), BodyHandlers.ofString());
    }

    private int signOut(String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(node.adminUrl() + "/logout"))
                .header("Origin", node.adminUrl())
                .header("Hansard-Csrf", token)
                .POST(HttpRequest.BodyPublishers.noBody());
        return browser.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private String session() {
        return cookies.value("hansard");
    }

    @Test
    void signsInAndOut() throws Exception {
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);

        HttpResponse<String> landed = get("/login?return-to=/api/v1/me");
        String me = get("/api/v1/me").body();
        String audit = get("/api/v1/audit?after=0").body();
        var token = TOKEN.matcher(me);
        boolean hasToken = token.find();

        assertThat(landed.statusCode()).as(landed.body()).isEqualTo(200);
        assertThat(landed.body()).contains("url=/api/v1/me");
        assertThat(me).contains("\"subject\":\"ann\"", "\"name\":\"Ann Lee\"", "\"email\":\"ann@example.com\"");
        assertThat(audit).contains("signed_in", "\"provider\":\"corp\"", "\"actor\":\"ann\"");
        assertThat(hasToken).isTrue();
        assertThat(signOut("wrong")).isEqualTo(403);
        String session = session();
        assertThat(signOut(token.group(1))).isEqualTo(204);
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(node.get("", "/api/v1/me", "Cookie", "hansard=" + session).statusCode())
                .isEqualTo(401);
    }

    @Test
    void keepsSecretsOutOfLogAndAudit() throws Exception {
        URI callback = get("/login").uri();
        get(callback.getRawPath() + "?" + callback.getRawQuery());
        issuer.bendClaims(claims -> claims.put("nonce", "another"));
        assertThat(get("/login").statusCode()).isEqualTo(403);
        issuer.bendClaims(_ -> {});
        get("/login");
        String audit = get("/api/v1/audit?after=0").body();

        assertThat(audit).contains("sign_in unknown_state", "sign_in wrong_nonce");
        String state = OidcIssuer.parameters(callback.getRawQuery()).getOrDefault("state", "");
        assertThat(state).hasSize(43);
        assertThat(audit + logged)
                .doesNotContain(
                        state, "code-1", "code-2", session(), "access-token", "refresh-token", OidcIssuer.SECRET)
                .doesNotContain("eyJ");
    }

    @Test
    void signsACommandLineInAndOut() throws Exception {
        issuer.approveDevice();
        var screen = Screen.piped(Map.of("HOME", folder.toString(), "HANSARD_ADMIN", node.adminUrl()));
        Path stored = folder.resolve(".config/hansard/token");

        int login = screen.run("login");
        String token = Files.readAllLines(stored).getFirst();
        int whoami = screen.run("whoami");
        int known =
                node.get("", "/api/v1/me", "Authorization", "Bearer " + token).statusCode();
        String audit = node.get("", "/api/v1/audit?after=0", "Authorization", "Bearer " + token)
                .body();
        int logout = screen.run("logout");
        int gone =
                node.get("", "/api/v1/me", "Authorization", "Bearer " + token).statusCode();

        assertThat(List.of(login, whoami, logout)).as(screen.err()).containsOnly(ExitCode.DONE);
        assertThat(screen.err())
                .contains(issuer.url() + "/activate", "WDJB-MJHT", "you are signed out")
                .doesNotContain(token);
        assertThat(screen.out()).contains("corp/ann").doesNotContain(token);
        assertThat(known).isEqualTo(200);
        assertThat(gone).isEqualTo(401);
        assertThat(audit).contains("signed_in", "device").doesNotContain(token);
        assertThat(logged).noneMatch(line -> line.contains(token) || line.contains("device-code"));
        assertThat(Files.exists(stored)).isFalse();
    }

    @Test
    void takesNoCommandLineForABrowser() throws Exception {
        issuer.approveDevice();
        var screen = Screen.piped(Map.of("HOME", folder.toString(), "HANSARD_ADMIN", node.adminUrl()));
        screen.run("login");
        String token =
                Files.readAllLines(folder.resolve(".config/hansard/token")).getFirst();
        get("/login");

        assertThat(node.get("", "/api/v1/me", "Cookie", "hansard=" + token.substring(4))
                        .statusCode())
                .isEqualTo(401);
        assertThat(node.get("", "/api/v1/me", "Authorization", "Bearer hst_" + session())
                        .statusCode())
                .isEqualTo(401);
    }
}
