// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Loading.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EffectiveYamlTest {
    @Test
    void writesEveryDefaultOut() throws IOException {
        Settings settings = Configurations.settings("version: 1\nservices: { payments: http://localhost:9001 }");

        String yaml = EffectiveYaml.of(settings, Outside.NOTHING);

        try (InputStream golden = EffectiveYamlTest.class.getResourceAsStream("effective.yaml")) {
            byte[] content = Objects.requireNonNull(golden).readAllBytes();
            assertThat(yaml).isEqualTo(new String(content, StandardCharsets.UTF_8));
        }
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
        Map<String, String> environment =
                Map.of("URL", "http://canary-url:81", "HOST", "canary-host", "DIR", "/canary/dir");
        String text = """
                version: 1
                listeners: { l: { address: "127.0.0.1:${env:PORT:-8081}", identity: "${env:WHO:-anyone}" } }
                identity: { providers: { anyone: { type: anonymous, subject: "x ${file:subject}" } } }
                services:
                  a: ${env:URL}
                  b: { upstream: "${env:URL}", match: [{ host: "${env:HOST}" }] }
                  c: { upstream: { url: "${env:URL}" } }
                  d: { upstream: { urls: ["${env:URL}", http://clear] } }
                  e: { upstream: { urls: "${env:URL}" } }
                storage: { data-dir: "${env:DIR}" }
                """;
        var loaded = (Loaded) Configurations.load(text, environment, new FakeFiles().with("subject", "canary"));

        String yaml = EffectiveYaml.of(loaded.settings(), loaded.outside());

        assertThat(yaml)
                .doesNotContain("canary")
                .contains("address: \"127.0.0.1:8081\"")
                .contains("urls: [\"${env:URL}\", \"http://clear\"]  # from outside, fingerprint 7eea03")
                .contains("subject: \"x ${file:subject}\"  # from outside, fingerprint ")
                .contains("data-dir: \"${env:DIR}\"  # from outside, fingerprint ");
        Loading again = Configurations.load(yaml, environment, new FakeFiles().with("subject", "canary"));
        assertThat(Configurations.settings(again)).isEqualTo(loaded.settings());
    }
}
