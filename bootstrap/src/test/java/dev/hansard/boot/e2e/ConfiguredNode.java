// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.approval.ApprovalDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** A whole node in this JVM, by the text of a configuration, as {@code hansard serve} would run it. */
final class ConfiguredNode implements AutoCloseable {
    private final Node node;
    private final HttpClient client = HttpClient.newHttpClient();

    private ConfiguredNode(Node node) {
        this.node = node;
    }

    /** Writes the configuration into the folder and starts it; plugins lie beside it. */
    static ConfiguredNode start(Path folder, String configuration) {
        return start(folder, configuration, Map.of());
    }

    static ConfiguredNode start(Path folder, String configuration, Map<String, String> environment) {
        return start(folder, configuration, environment, NodeClock.system());
    }

    static ConfiguredNode start(Path folder, String configuration, Map<String, String> environment, NodeClock clock) {
        try {
            Path file = Files.writeString(folder.resolve("hansard.yaml"), configuration);
            var terminal = Terminal.ofProcess(new Properties(), environment);
            ConfigFile config = ConfigFile.chosen(file, terminal);
            Settings settings = config.load();
            return new ConfiguredNode(Node.start(settings, config.written(settings), clock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<AgentState> agents() {
        return node.agents();
    }

    int port(String listener) {
        return node.port(listener);
    }

    RawClient caller(String listener) throws IOException {
        return new RawClient(node.port(listener));
    }

    /** Where people decide. */
    ApprovalDesk approvals() {
        return Objects.requireNonNull(node.approvals());
    }

    String adminUrl() {
        return "http://127.0.0.1:" + node.adminPort();
    }

    /** An answer of the admin API to somebody with a token; an empty one is nobody's. */
    HttpResponse<String> get(String token, String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(adminUrl() + path));
        if (!token.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < fields.length; i += 2) {
            request.setHeader(fields[i], fields[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command as somebody with a token. */
    Screen run(String token, String... arguments) {
        Screen screen = Screen.piped(Map.of("HANSARD_ADMIN", adminUrl(), "HANSARD_TOKEN", token));
        screen.run(arguments);
        return screen;
    }

    @Override
    public void close() {
        node.close();
        client.close();
    }
}
