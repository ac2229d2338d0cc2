// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The refund that waits for somebody, and what the terminal says about it. */
class DemoRefundsTest {
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/approve/\\S+");

    private final NodeClock clock = NodeClock.system();
    private final DemoServices services = new DemoServices();
    private final DemoIssuer issuer = new DemoIssuer(clock);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final DemoBell bell = new DemoBell(new PrintStream(screen, true, StandardCharsets.UTF_8), clock);

    @TempDir
    private Path folder = Path.of("");

    private Node node;

    @BeforeEach
    void start() {
        var cast = new DemoSettings.Cast(services, issuer.url(), bell);
        node = Node.start(DemoSettings.of(ANY_PORT, ANY_PORT, folder, cast), clock);
        bell.commandsNeed(" --admin http://127.0.0.1:" + node.adminPort());
    }

    @AfterEach
    void close() {
        node.close();
        bell.close();
        issuer.close();
        services.close();
    }

    private String said() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private String link() {
        Matcher link = LINK.matcher(said());
        return link.find() ? link.group() : "";
    }

    @Test
    void sayWhatToDoWhenOneWaits() throws Exception {
        String gateway = "http://127.0.0.1:" + node.port(ListenerSettings.DEFAULT.name());
        try (var _ = new DemoRefunds(gateway, issuer.url(), clock);
                var reviewer = new DemoVisitor("reviewer")) {
            await().atMost(LIMIT).until(() -> !link().isEmpty());
            reviewer.signIn("http://127.0.0.1:" + node.adminPort());

            HttpResponse<String> page = reviewer.get(link());

            assertThat(said())
                    .contains("./hansard approvals ls --admin http://127.0.0.1:" + node.adminPort())
                    .containsPattern("\\./hansard approvals approve apr_\\S+ --admin ");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("/v1/refunds", "big-refunds");
        }
    }
}
