// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.boot.plugins.Plugins;
import dev.hansard.boot.settings.AdminSettings;
import dev.hansard.boot.settings.Languages;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.Loading;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.SettingsLoader;
import dev.hansard.boot.settings.TlsFiles;
import dev.hansard.boot.settings.identity.IdentitySettings;
import dev.hansard.boot.settings.identity.ProviderTypes;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.boot.settings.storage.StorageTypes;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.http.policy.CelCompiler;
import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A whole node in this JVM, on free ports, with one service that gets every call. */
final class RunningNode implements AutoCloseable {
    static final UpstreamTimeouts QUICK =
            new UpstreamTimeouts(Duration.ofMillis(800), Duration.ofMillis(1500), Duration.ofMillis(1500));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Node node;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningNode(Node node) {
        this.node = node;
    }

    static RunningNode strict(Path folder, int... upstreamPorts) {
        return with(folder, ListenerSettings.DEFAULT, service(Durability.STRICT, QUICK, upstreamPorts));
    }

    static RunningNode relaxed(Path folder, int... upstreamPorts) {
        return with(folder, ListenerSettings.DEFAULT, service(Durability.RELAXED, QUICK, upstreamPorts));
    }

    static RunningNode with(Path folder, ListenerSettings listener, Service... services) {
        return with(folder, listener, MaskingSettings.DEFAULT, services);
    }

    static RunningNode with(Path folder, ListenerSettings listener, MaskingSettings masking, Service... services) {
        var settings = new Settings(
                List.of(listener.at(new ListenAddress("127.0.0.1", 0))),
                AdminSettings.at(new ListenAddress("127.0.0.1", 0)),
                IdentitySettings.DEFAULT,
                dev.hansard.boot.settings.AuditSettings.DEFAULT,
                StorageSettings.DEFAULT.in(folder),
                dev.hansard.boot.settings.LedgerSettings.DEFAULT,
                dev.hansard.boot.settings.LogSettings.DEFAULT,
                List.of(services),
                masking,
                dev.hansard.boot.settings.policy.PolicySettings.DEFAULT,
                dev.hansard.boot.settings.Reload.MANUAL,
                RetentionSettings.DEFAULT,
                dev.hansard.boot.settings.credential.CredentialSettings.NONE,
                dev.hansard.boot.settings.limit.LimitSettings.NONE,
                List.of());
        return new RunningNode(Node.start(settings, NodeClock.system()));
    }

    /** One of a configuration as it is written, whose listener is named {@code default}. */
    static RunningNode configured(Path folder, String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("hansard.yaml"), yaml);
        Plugins plugins = Plugins.in(folder.resolve("plugins"));
        var loader = new SettingsLoader(
                Map.of(),
                dev.hansard.boot.settings.yaml.Files.onDisk(),
                TlsFiles.onDisk(),
                new Languages(Re2jPatterns.create(), CelCompiler.create()),
                new ProviderTypes(plugins),
                new StorageTypes(plugins));
        return switch (loader.load(file)) {
            case Loading.Loaded loaded -> new RunningNode(Node.start(loaded.settings(), NodeClock.system()));
            case Loading.Rejected rejected ->
                throw new IllegalArgumentException(rejected.problems().toString());
        };
    }

    static Service service(Durability durability, UpstreamTimeouts timeouts, int... upstreamPorts) {
        return service(new RecordPolicy(10L * 1024 * 1024, durability, OverloadAction.REJECT), timeouts, upstreamPorts);
    }

    /** A node whose service is reached by one host only. */
    static RunningNode forHost(String host, Path folder, int upstreamPort) {
        var policy = new RecordPolicy(10L * 1024 * 1024, Durability.RELAXED, OverloadAction.REJECT);
        var match = new Match(null, host, null, false);
        return with(folder, ListenerSettings.DEFAULT, service(policy, QUICK, match, upstreamPort));
    }

    static Service service(RecordPolicy policy, UpstreamTimeouts timeouts, int... upstreamPorts) {
        return service(policy, timeouts, Match.ANY, upstreamPorts);
    }

    private static Service service(RecordPolicy policy, UpstreamTimeouts timeouts, Match match, int... upstreamPorts) {
        List<UpstreamAddress> upstreams = java.util.Arrays.stream(upstreamPorts)
                .mapToObj(port -> new UpstreamAddress(false, "127.0.0.1", port))
                .toList();
        return new Service(
                new ServiceName("test"),
                upstreams,
                UpstreamTls.DEFAULT,
                timeouts,
                List.of(match),
                policy,
                RetentionClass.DEFAULT,
                Map.of());
    }

    RawClient caller() throws IOException {
        return new RawClient(port());
    }

    int port() {
        return node.port(ListenerSettings.DEFAULT.name());
    }

    /** Where people decide. */
    ApprovalDesk approvals() {
        return Objects.requireNonNull(node.approvals());
    }

    String adminUrl() {
        return "http://127.0.0.1:" + node.adminPort();
    }

    /** The answer of the admin API. */
    HttpResponse<String> admin(String path) {
        return send(path, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> adminBytes(String path) {
        return send(path, HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> list(String query) {
        return admin("/api/v1/sessions?limit=1000&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** The record of the one call for that target, as soon as it can be listed and has ended. */
    JsonNode session(String target) {
        String id = await().atMost(Duration.ofSeconds(10)).until(() -> idOf(target), Predicate.not(String::isEmpty));
        return json("/api/v1/sessions/" + id);
    }

    private String idOf(String target) {
        for (JsonNode item : json("/api/v1/sessions?limit=1000").get("items")) {
            if (item.at("/request/target").asText().equals(target)) {
                return item.get("id").asText();
            }
        }
        return "";
    }

    private JsonNode json(String path) {
        try {
            return JSON.readTree(admin(path).body());
        } catch (JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(adminUrl() + path)).build(), handler);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        node.close();
        client.close();
    }
}
