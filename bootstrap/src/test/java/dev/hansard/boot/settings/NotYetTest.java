// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Rejected;
import dev.hansard.boot.settings.yaml.Keys;
import dev.hansard.boot.settings.yaml.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract names but this release cannot do is refused, never accepted and ignored. */
class NotYetTest {
    private static final Map<String, String> AROUND = Map.of(
            "", "%s: x",
            "admin", "admin: { %s: x }",
            "identity", "identity: { %s: x }",
            "services.*", "services: { a: { upstream: 'http://a', %s: x } }",
            "services.*.upstream", "services: { a: { upstream: { url: 'http://a', %s: x } } }",
            "policies.*", "policies: { a: { action: deny, %s: x } }",
            "retention", "retention: { %s: x }",
            "storage", "storage: { %s: x }",
            "ledger", "ledger: { %s: x }",
            "telemetry", "telemetry: { %s: x }");

    static Stream<Arguments> missing() {
        return SettingsKeys.ALL.stream()
                .flatMap(keys -> keys.later().keySet().stream().map(key -> Arguments.of(keys.section(), key)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("missing")
    void refusesEachKeyThatIsNotAvailable(String section, String key) {
        String around = Objects.requireNonNull(AROUND.get(section), section);
        String services = section.startsWith("services") ? "" : "services: { b: http://b }\n";

        Loading loading = Configurations.load("version: 1\n" + services + around.formatted(key) + "\n");

        assertThat(loading).isInstanceOf(Rejected.class);
        assertThat(Configurations.printed(loading))
                .contains(key + " is not available yet")
                .contains("comes in a later release");
    }

    @Test
    void noKeyIsBothAvailableAndMissing() {
        for (Keys keys : SettingsKeys.ALL) {
            assertThat(keys.later()).doesNotContainKeys(keys.available().toArray(String[]::new));
        }
    }

    @Test
    void knowsEveryKeyOfTheContract() throws IOException {
        String contract = contract();
        var files = new FakeFiles().with("conf.d/more.yaml", "services: { more: http://more }");
        Pattern.compile("\\$\\{file:([^}]+)}")
                .matcher(contract)
                .results()
                .forEach(found -> files.with(found.group(1), "canary-4b0f9e72c1d6"));
        files.with("/run/secrets/kek", "A".repeat(43) + "=");
        files.with("/run/secrets/agent-dc2", "canary-" + "A".repeat(43));
        files.with("/run/secrets/hook", "whsec_" + "A".repeat(43) + "=");
        Map<String, String> environment =
                Map.of("PAYMENTS_SECRET", "canary", "MINIO_ACCESS_KEY", "canary", "LEADS_WEBHOOK", "https://canary");

        Loading loading = Configurations.load(contract, environment, files);

        assertThat(loading).isInstanceOf(Rejected.class);
        List<Problem> problems = ((Rejected) loading).problems();
        assertThat(problems)
                .extracting(Problem::message)
                .allMatch(message -> message.contains("is not available yet")
                        // A provider from a plugin that is not there.
                        || message.startsWith("identity.providers.ours.type must be one of "));
        assertThat(Configurations.printed(loading)).doesNotContain("canary");
    }

    static String contract() throws IOException {
        try (InputStream in = NotYetTest.class.getResourceAsStream("contract.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
