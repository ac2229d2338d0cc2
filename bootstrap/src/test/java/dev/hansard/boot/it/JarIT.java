// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does with the jar. */
final class JarIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PLACE = Pattern.compile("or open  (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void saysItsVersionInItsManifestAndOnStdout() throws IOException {
        try (var jar = new JarFile(JarNode.jar().toFile());
                JarNode run = run("version")) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String version = manifest.getValue("Hansard-Version");

            assertThat(run.exitCode(LIMIT)).isZero();
            assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(run.stdout()).startsWith("hansard " + version + "\n");
            assertThat(run.stderr()).isEmpty();
        }
    }

    @Test
    @Timeout(120)
    void showsTrafficInTheDemoAndCleansUp() throws IOException {
        int port = freePort();
        int adminPort = freePort();
        try (JarNode demo = run("demo", "--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:" + adminPort)) {
            await().atMost(LIMIT).until(() -> demo.stdout().contains("Ctrl-C stops it"));
            signIn("http://127.0.0.1:" + adminPort);
            try (JarNode ls = run("sessions", "ls", "--admin", "http://127.0.0.1:" + adminPort)) {
                assertThat(ls.exitCode(LIMIT)).as(ls.stderr()).isZero();
            }
            try (Caller caller = Caller.to(port)) {
                Caller.Reply reply = caller.get("/search/products?q=lamp");
                assertThat(reply.content()).contains("A-17");
                await().atMost(LIMIT).untilAsserted(() -> {
                    try (JarNode show = run("sessions", "show", reply.session(), "--admin", "127.0.0.1:" + adminPort)) {
                        assertThat(show.exitCode(LIMIT)).as(show.stderr()).isZero();
                        assertThat(show.stdout()).contains("GET /products?q=lamp", "200");
                    }
                });
            }

            demo.terminate();

            assertThat(demo.exitCode(LIMIT)).isIn(0, 128 + 15);
            assertThat(demo.stdout()).contains("http://127.0.0.1:" + port, "http://127.0.0.1:" + adminPort);
            // Nothing but our own news: no library's banner, no warning of the JVM.
            assertThat(demo.stderr().lines())
                    .allMatch(line -> line.startsWith("{") && line.contains("\"logger\":\"dev.hansard."));
            assertThat(demo.stderr()).doesNotContain("\"level\":\"warn\"", "\"level\":\"error\"");
        }
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("hansard-demo-"));
        }
    }

    @Test
    void endsWithTwoAndSaysWhatIsWrongWithTheConfiguration() throws IOException {
        Path config = folder.resolve("wrong.yaml");
        Files.writeString(
                config, "version: 1\nservices: { a: http://localhost:1 }\nlisteners: { edge: { adress: x } }\n");

        try (JarNode run = run("serve", "--config", config.toString())) {
            assertThat(run.exitCode(LIMIT)).isEqualTo(2);
            assertThat(run.stderr()).contains("wrong.yaml:3:", "adress", "address");
            assertThat(run.stdout()).isEmpty();
        }
    }

    /** As the admin of the demo, with a command line and a browser. */
    private void signIn(String admin) {
        try (JarNode login = run("login", "--admin", admin)) {
            await().atMost(LIMIT).until(() -> PLACE.matcher(login.stderr()).find());
            var place = PLACE.matcher(login.stderr());
            assertThat(place.find()).isTrue();
            assertThat(answer(place.group(1) + "&person=admin")).contains("You are signed in");
            assertThat(login.exitCode(LIMIT)).as(login.stderr()).isZero();
        }
    }

    private static String answer(String url) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JarNode run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JarNode.tool("java"),
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
}
