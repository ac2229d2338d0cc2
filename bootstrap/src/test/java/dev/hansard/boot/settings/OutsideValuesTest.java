// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.ports.exchange.UpstreamAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideValuesTest {
    private static Loading upstream(String value, Map<String, String> environment, FakeFiles files) {
        return Configurations.load("version: 1\nservices:\n  a: " + value + "\n", environment, files);
    }

    private static UpstreamAddress address(Loading loading) {
        return Configurations.settings(loading)
                .services()
                .getFirst()
                .upstreams()
                .getFirst();
    }

    @Test
    void putsInAnEnvironmentVariable() {
        Loading loading = upstream("${env:URL}", Map.of("URL", "http://from-env:81"), new FakeFiles());

        assertThat(address(loading)).hasToString("http://from-env:81");
    }

    @Test
    void putsInTheDefaultOfAVariableThatIsNotSet() {
        Loading loading = upstream("${env:URL:-http://otherwise}", Map.of(), new FakeFiles());

        assertThat(address(loading)).hasToString("http://otherwise");
    }

    @Test
    void putsInAFileWithoutItsLastLineEnd() {
        for (String end : new String[] {"", "\n", "\r\n"}) {
            Loading loading = upstream("${file:url}", Map.of(), new FakeFiles().with("url", "http://from-file" + end));

            assertThat(address(loading)).hasToString("http://from-file");
        }
    }

    @Test
    void putsInPartsOfAValueOnceOnly() {
        Loading loading = Configurations.load("""
                version: 1
                services: { a: http://a }
                identity: { providers: { p: { type: anonymous, subject: "$${env:A}-${env:A}-${env:B:-b}" } } }
                listeners: { l: { address: localhost:1, identity: p } }
                """, Map.of("A", "${env:B}"), new FakeFiles());

        ProviderSettings provider =
                Configurations.settings(loading).identity().providers().getFirst();
        assertThat(provider.options()).containsEntry("subject", "${env:A}-${env:B}-b");
    }

    @Test
    void takesNumbersAndTruthFromOutside() {
        Loading loading =
                Configurations.load("""
                version: ${env:V}
                listeners: { l: { address: "localhost:${env:PORT}", limits: { connections: "${env:N}" } } }
                services: { a: { upstream: http://a, match: [{ path-prefix: /a, strip-prefix: "${env:STRIP}" }] } }
                """, Map.of("V", "1", "PORT", "81", "N", "7", "STRIP", "true"), new FakeFiles());

        Settings settings = Configurations.settings(loading);
        assertThat(settings.listeners().getFirst().address()).hasToString("localhost:81");
        assertThat(settings.listeners().getFirst().limits().connections()).isEqualTo(7);
        assertThat(settings.services().getFirst().matches().getFirst().stripPrefix())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ${env:MISSING} ~ environment variable 'MISSING' is not set
            ${env:MISSING} ~ hint: set it, or give a default: ${env:MISSING:-otherwise}
            ${env:9} ~ does not name an environment variable
            ${vault:x} ~ '${vault:x}' is not known
            ${env:X ~ '${env:X' has no closing }
            ${file:missing} ~ file 'missing' cannot be read
            ${file:missing} ~ hint: there is no such file
            ${file:large} ~ file 'large' is larger than 64KiB
            ${file:binary} ~ file 'binary' is not UTF-8 text
            """)
    void saysWhereAValueCannotBePutIn(String value, String expected) {
        var files = new FakeFiles().with("large", "x".repeat(65 * 1024)).with("binary", new byte[] {(byte) 0xff});

        String problems = Configurations.printed(upstream("\"" + value + "\"", Map.of(), files));

        assertThat(problems).startsWith("hansard.yaml:3:6: error: ").contains(expected);
    }

    @Test
    void neverQuotesAValueFromOutside() {
        Loading loading =
                Configurations.load("""
                version: ${env:C}
                listeners:
                  a: { address: "${env:C}", trace-context: "${env:C}", identity: "${env:C}", protocols: "${env:C}",
                       limits: { header-bytes: "${env:C}", connections: "${env:C}" },
                       timeouts: { idle: "${env:C}", min-rate: "${env:C}" } }
                admin: { address: "${env:C}" }
                include: ["${env:C}/*/x"]
                services:
                  a: ${file:c}
                  b: { upstream: { urls: ["${env:C}"], balance: "${env:C}" }, match: [{ host: "${env:C}" }],
                       record: { durability: "${env:C}", websocket: "${env:C}" } }
                  c: { upstream: http://c, match: [{ path-prefix: "${env:C}", listener: "${env:C}", strip-prefix: "${env:C}" }] }
                identity: { providers: { p: { type: anonymous, subject: "${env:C}\\n" }, q: { type: "${env:C}" } } }
                storage: { data-dir: "a\\0${env:C}", catalog: { type: "${env:C}" } }
                telemetry: { log: { level: "${env:C}" } }
                """, Map.of("C", "s3cret canary"), new FakeFiles().with("c", "s3cret canary"));

        String problems = Configurations.printed(loading);

        assertThat(problems).contains("but is the value of ${env:C}").doesNotContain("s3cret");
        assertThat(problems.lines().filter(line -> line.contains("error:")).count())
                .isGreaterThan(17);
    }

    @Test
    void remembersWhichValuesCameFromOutside() {
        Loading loading = Configurations.load(
                "version: 1\nservices: { a: \"${env:URL}\", b: \"${env:NO:-http://b}\" }",
                Map.of("URL", "http://secret"),
                new FakeFiles());

        assertThat(((Loaded) loading).outside().sources()).containsExactly(Map.entry("services.a", "${env:URL}"));
    }
}
