// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Loading.Outside;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveYamlTest {
    @Test
    void writesEveryDefaultOut() {
        Settings settings = Configurations.settings("version: 1\nservices: { payments: http://localhost:9001 }");

        String yaml = EffectiveYaml.of(settings, Outside.NOTHING);

        assertThat(yaml).isEqualTo("""
                version: 1
                listeners:
                  default:
                    address: "127.0.0.1:8080"
                    protocols: [http/1.1]
                    trace-context: propagate
                    limits:
                      header-bytes: 32KiB
                      body-bytes: 2GiB
                      connections: 20000
                      concurrency: 2000
                    timeouts:
                      idle: 1m
                      request-head: 10s
                      min-rate: 1KiB/s
                admin:
                  address: "127.0.0.1:9000"
                services:
                  payments:
                    upstream:
                      urls: ["http://localhost:9001"]
                      balance: round-robin
                      timeouts:
                        connect: 2s
                        response: 30s
                        idle: 1m
                    match:
                      - path-prefix: /payments
                        strip-prefix: true
                      - host: payments
                        strip-prefix: false
                    record:
                      body-bytes: 10MiB
                      durability: strict
                      on-overload: reject
                      websocket: false
                retention:
                  default: 30d
                storage:
                  data-dir: data
                  catalog:
                    type: h2
                  payloads:
                    type: filesystem
                  spool:
                    max: 4GiB
                    group-commit: 5ms
                    reserve: 64MiB
                telemetry:
                  log:
                    level: info
                    format: auto
                """);
    }

    @Test
    void canBeLoadedAgainWithTheSameMeaning() {
        for (String text : SchemaTest.ACCEPTED) {
            Settings settings = Configurations.settings(text);

            String yaml = EffectiveYaml.of(settings, Outside.NOTHING);

            assertThat(Configurations.settings(yaml)).isEqualTo(settings);
        }
    }

    @Test
    void showsNoValueFromOutside() {
        Map<String, String> environment = Map.of(
                "URL", "http://canary-url:81", "HOST", "canary-host", "LABEL", "canary-label", "DIR", "/canary/dir");
        String text = """
                version: 1
                listeners: { l: { address: "127.0.0.1:${env:PORT:-8081}", identity: "${env:WHO:-anyone}" } }
                identity: { providers: { anyone: { type: anonymous, subject: "${env:LABEL}" } } }
                services:
                  a: ${env:URL}
                  b: { upstream: "${env:URL}", match: [{ host: "${env:HOST}" }], labels: { l: "x ${file:label}" } }
                  c: { upstream: { url: "${env:URL}" } }
                  d: { upstream: { urls: ["${env:URL}", http://clear] } }
                  e: { upstream: { urls: "${env:URL}" } }
                storage: { data-dir: "${env:DIR}" }
                """;
        var loaded = (Loaded) Configurations.load(text, environment, new FakeFiles().with("label", "canary"));

        String yaml = EffectiveYaml.of(loaded.settings(), loaded.outside());

        assertThat(yaml)
                .doesNotContain("canary")
                .contains("address: \"127.0.0.1:8081\"")
                .contains("urls: [\"${env:URL}\", \"http://clear\"]  # from outside, fingerprint 7eea03")
                .contains("l: \"x ${file:label}\"  # from outside, fingerprint ")
                .contains("data-dir: \"${env:DIR}\"  # from outside, fingerprint ");
        Loading again = Configurations.load(yaml, environment, new FakeFiles().with("label", "canary"));
        assertThat(Configurations.settings(again)).isEqualTo(loaded.settings());
    }
}
