// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static dev.hansard.boot.settings.Configurations.problems;
import static dev.hansard.boot.settings.Configurations.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.ListenerSettings.Limits;
import dev.hansard.boot.settings.ListenerSettings.Timeouts;
import dev.hansard.boot.settings.ListenerSettings.TraceContext;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.boot.settings.storage.StorageSettings.SpoolSettings;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsLoaderTest {
    private static final String WHOLE = """
            version: 1
            listeners:
              edge:
                address: 0.0.0.0:8443
                protocols: [http/1.1]
                tls:
                  cert-file: /etc/hansard/tls.crt
                  key-file: tls.key
                  client-auth: optional
                  client-ca-file: clients-ca.pem
                identity: [anyone]
                trace-context: restart
                limits: { header-bytes: 16KiB, body-bytes: 1GiB, connections: 100, concurrency: 50 }
                timeouts: { idle: 30s, request-head: 5s, min-rate: 2KiB/s }
              sidecar:
                address: "[::1]:8080"
            admin: { address: localhost:9001 }
            identity:
              providers:
                anyone: { type: anonymous, subject: someone }
            services:
              payments:
                upstream:
                  urls: [https://payments-a.internal:8443, "https://[fd00::1]"]
                  balance: round-robin
                  tls: { ca-file: /etc/hansard/ca.pem, server-name: payments.internal }
                  timeouts: { connect: 1s, response: 10s, idle: 2m }
                match:
                  - { listener: edge, host: Payments.Example.com }
                  - { listener: sidecar, path-prefix: /payments, strip-prefix: true }
                record: { body-bytes: 1MiB, durability: relaxed, on-overload: metadata, websocket: false }
            storage:
              data-dir: /var/lib/hansard
              catalog: { type: h2 }
              payloads: { type: filesystem }
              spool: { max: 1GiB, group-commit: 2ms, reserve: 32MiB, seal-after: 30s }
            telemetry:
              log: { level: debug, format: json }
            """;

    @Test
    void readsTheShortestUsefulFile() {
        Settings settings = settings("version: 1\nservices: { payments: http://localhost:9001 }\n");

        Settings expected = Settings.forUpstream("http://localhost:9001");
        assertThat(settings.listeners()).isEqualTo(expected.listeners());
        assertThat(settings.listeners()).extracting(l -> l.address().toString()).containsExactly("127.0.0.1:8080");
        assertThat(settings.admin().address()).hasToString("127.0.0.1:9000");
        assertThat(settings.storage().dataDir()).isEqualTo(Path.of("data"));
        Service service = settings.services().getFirst();
        assertThat(service.name()).isEqualTo(new ServiceName("payments"));
        assertThat(service.upstreams()).containsExactly(new UpstreamAddress(false, "localhost", 9001));
        assertThat(service.matches())
                .containsExactly(new Match(null, null, "/payments", true), new Match(null, "payments", null, false));
        assertThat(service.recording()).isEqualTo(RecordPolicy.DEFAULT);
    }

    @Test
    void readsEveryListenerKey() {
        List<ListenerSettings> listeners = settings(WHOLE).listeners();

        ProviderSettings anyone = settings(WHOLE).identity().providers().getFirst();
        var edge = new ListenerSettings(
                "edge",
                new ListenAddress("0.0.0.0", 8443),
                new ListenerSettings.Tls(
                        Path.of("/etc/hansard/tls.crt"),
                        Path.of("tls.key"),
                        ListenerSettings.ClientAuth.OPTIONAL,
                        Path.of("clients-ca.pem")),
                listeners.getFirst().identity(),
                TraceContext.RESTART,
                new Limits(16 * 1024, 1L << 30, 100, 50),
                new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(5), 2048));
        var sidecar = new ListenerSettings(
                "sidecar",
                new ListenAddress("::1", 8080),
                null,
                List.of(),
                TraceContext.PROPAGATE,
                Limits.DEFAULT,
                Timeouts.DEFAULT);
        assertThat(listeners).containsExactly(edge, sidecar);
        assertThat(edge.identity()).extracting(ProviderSettings::name).containsExactly(anyone.name());
        assertThat(anyone.options()).containsEntry("subject", "someone");
    }

    @Test
    void readsEveryServiceKey() {
        Service payments = settings(WHOLE).services().getFirst();

        assertThat(payments.upstreams())
                .containsExactly(
                        new UpstreamAddress(true, "payments-a.internal", 8443),
                        new UpstreamAddress(true, "fd00::1", 443));
        assertThat(payments.tls()).isEqualTo(new UpstreamTls(Path.of("/etc/hansard/ca.pem"), "payments.internal"));
        assertThat(payments.timeouts())
                .isEqualTo(new UpstreamTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(2)));
        assertThat(payments.matches())
                .containsExactly(
                        new Match("edge", "payments.example.com", null, false),
                        new Match("sidecar", null, "/payments", true));
        assertThat(payments.recording())
                .isEqualTo(new RecordPolicy(1 << 20, Durability.RELAXED, OverloadAction.METADATA));
    }

    @Test
    void readsEveryKeyOfTheNode() {
        Settings settings = settings(WHOLE);

        assertThat(settings.admin().address()).hasToString("localhost:9001");
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings(
                        Path.of("/var/lib/hansard"),
                        StorageSettings.DEFAULT.catalog(),
                        StorageSettings.DEFAULT.control(),
                        StorageSettings.DEFAULT.payloads(),
                        null,
                        new SpoolSettings(1L << 30, Duration.ofMillis(2), 32L << 20, Duration.ofSeconds(30))));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.JSON));
    }

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        String problems = problems("""
                version: 2
                listners: {}
                services:
                  payments:
                    upstream: ftp://localhost
                    record: { durability: strickt, body-bytes: lots }
                    record: {}
                """);

        assertThat(problems).isEqualTo("""
                hansard.yaml:1:10: error: version must be 1, but is '2'
                  hint: this release knows version 1 only
                hansard.yaml:2:1: error: unknown key 'listners'
                  hint: did you mean 'listeners'?
                hansard.yaml:5:15: error: services.payments.upstream must be a URL such as http://localhost:9001, but is 'ftp://localhost'
                  hint: only http and https are known
                hansard.yaml:6:27: error: services.payments.record.durability must be one of relaxed, strict, but is 'strickt'
                  hint: did you mean 'strict'?
                hansard.yaml:6:48: error: services.payments.record.body-bytes must be a size such as 512B, 64KiB, 10MiB or 4GiB, but is 'lots'
                  hint: units are B, KiB, MiB, GiB and TiB
                hansard.yaml:7:5: error: 'record' is set twice, first on line 6
                  hint: keep one of the two""");
    }
}
