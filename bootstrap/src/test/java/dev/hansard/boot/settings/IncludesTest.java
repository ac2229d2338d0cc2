// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncludesTest {
    private static Loading load(String include, FakeFiles files) {
        return Configurations.load(
                "version: 1\ninclude: " + include + "\nservices: { a: http://a }\n", Map.of(), files);
    }

    @Test
    void addsTheServicesOfFilesInTheOrderOfTheirNames() {
        var files = new FakeFiles()
                .with("conf.d/c.yaml", "services: { c: { upstream: { url: https://c, tls: { ca-file: c.pem } } } }")
                .with("conf.d/b.yaml", "services: { b: http://b }")
                .with("conf.d/ignored.txt", "nonsense");

        Settings settings = Configurations.settings(load("[conf.d/*.yaml]", files));

        assertThat(settings.services())
                .extracting(service -> service.name().value())
                .containsExactly("a", "b", "c");
        Service last = settings.services().getLast();
        assertThat(last.tls().caFile()).isEqualTo(Path.of("conf.d/c.pem"));
    }

    @Test
    void saysInWhichFileAMistakeIs() {
        var files = new FakeFiles().with("more.yaml", "services:\n  b: ftp://b\n  a: http://a\nadmin: {}\nsinks: {}\n");

        String problems = Configurations.printed(load("more.yaml", files));

        assertThat(problems)
                .contains("more.yaml:2:6: error: services.b.upstream must be a URL")
                .contains("more.yaml:3:3: error: service 'a' is defined twice, first at hansard.yaml:3:13")
                .contains("more.yaml:4:1: error: unknown key 'admin'")
                .contains("more.yaml:5:1: error: unknown key 'sinks'");
    }

    @Test
    void refusesFilesThatAreNotThereAndPatternsForFolders() {
        String problems = Configurations.printed(load("[missing.yaml, '*/x.yaml']", new FakeFiles()));

        assertThat(problems)
                .contains("missing.yaml:1:1: error: the file cannot be read: there is no such file")
                .contains("hansard.yaml:2:25: error: include[1] must be a file, or a pattern such as conf.d/*.yaml");
    }

    @Test
    void warnsOfAPatternWithoutFiles() {
        Loading loading = load("[conf.d/*.yaml]", new FakeFiles());

        assertThat(Configurations.settings(loading).services()).hasSize(1);
        assertThat(Configurations.printed(loading)).contains("warning: include[0] matches no file");
    }
}
