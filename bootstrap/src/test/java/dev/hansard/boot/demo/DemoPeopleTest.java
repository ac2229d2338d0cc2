// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four people of the demo, its issuer and its node. */
class DemoPeopleTest {
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern PLACE = Pattern.compile("or open  (\\S+)");

    private final NodeClock clock = NodeClock.system();
    private final DemoServices services = new DemoServices();
    private final DemoIssuer issuer = new DemoIssuer(clock);
    private final DemoBell bell = new DemoBell(new PrintStream(OutputStream.nullOutputStream()), clock);
    private final DemoSettings.Cast cast = new DemoSettings.Cast(services, issuer.url(), bell);

    @TempDir
    private Path folder = Path.of("");

    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(DemoSettings.of(ANY_PORT, ANY_PORT, folder.resolve("data"), cast), clock);
    }

    @AfterEach
    void close() {
        node.close();
        bell.close();
        issuer.close();
        services.close();
    }

    private String admin() {
        return "http://127.0.0.1:" + node.adminPort();
    }

    @ParameterizedTest
    @CsvSource({
        "dev,      viewer,   200, 403",
        "reviewer, reviewer, 200, 403",
        "auditor,  auditor,  200, 200",
        "admin,    admin,    200, 200"
    })
    void signInWithTheirRoles(String person, String role, int sessions, int audit) throws Exception {
        try (var visitor = new DemoVisitor(person)) {
            HttpResponse<String> landed = visitor.signIn(admin());

            assertThat(landed.statusCode()).as(landed.body()).isEqualTo(200);
            assertThat(visitor.get(admin() + "/api/v1/me").body())
                    .contains("\"subject\":\"" + person + "\"", "\"role\":\"" + role + "\"");
            assertThat(visitor.get(admin() + "/api/v1/sessions").statusCode()).isEqualTo(sessions);
            assertThat(visitor.get(admin() + "/api/v1/audit").statusCode()).isEqualTo(audit);
        }
    }

    @Test
    void areNotAskedForByNobody() throws Exception {
        try (var visitor = new DemoVisitor("dev")) {
            assertThat(visitor.get(admin() + "/api/v1/sessions").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void haveAJobThatLooksForThemWithoutABrowser() throws Exception {
        String command = DemoPage.command(issuer.url(), DemoCast.NIGHTLY);
        Process shell = new ProcessBuilder("sh", "-c", command).start();
        String token = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var screen = Screen.piped(Map.of("HANSARD_ADMIN", admin(), "HANSARD_TOKEN", token));

        assertThat(screen.run("whoami")).as(screen.err()).isEqualTo(ExitCode.DONE);
        assertThat(screen.run("sessions", "ls")).as(screen.err()).isEqualTo(ExitCode.DONE);

        assertThat(screen.out()).contains("nightly-job", "admin");
    }

    @Test
    void signInForACommandLine() throws Exception {
        var screen = Screen.piped(Map.of("HOME", folder.toString(), "HANSARD_ADMIN", admin()));
        CompletableFuture<Integer> login = CompletableFuture.supplyAsync(() -> screen.run("login"));
        try (var visitor = new DemoVisitor("auditor")) {
            await().atMost(LIMIT).until(() -> PLACE.matcher(screen.err()).find());
            var place = PLACE.matcher(screen.err());
            assertThat(place.find()).isTrue();

            HttpResponse<String> done = visitor.pickOn(visitor.get(place.group(1)));

            assertThat(done.body()).contains("You are signed in");
            await().atMost(LIMIT).until(login::isDone);
            assertThat(login.join()).as(screen.err()).isEqualTo(ExitCode.DONE);
            assertThat(screen.run("audit", "ls")).isEqualTo(ExitCode.DONE);
            assertThat(screen.out()).contains("people/auditor", "signed_in");
        }
    }
}
