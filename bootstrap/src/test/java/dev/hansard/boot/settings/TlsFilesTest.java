// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.http.policy.CelCompiler;
import dev.hansard.http.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a certificate or a key is said where the configuration names its file. */
class TlsFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        TestIdentity.ofLoopback().write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        TestIdentity.ofLoopback().write(folder.resolve("other.pem"), folder.resolve("other-key.pem"));
        Files.writeString(folder.resolve("garbage.pem"), "no certificate\n");
        Files.createDirectory(folder.resolve("folder.pem"));
    }

    private String problems(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("hansard.yaml"), yaml);
        var loader = new SettingsLoader(
                Map.of(),
                dev.hansard.boot.settings.yaml.Files.onDisk(),
                TlsFiles.onDisk(),
                new Languages(Re2jPatterns.create(), CelCompiler.create()),
                Configurations.providers(folder),
                Configurations.stores(folder));
        return Configurations.printed(loader.load(file)).replace(folder + "/", "");
    }

    private String problemsOfAuthorities(String caFile) throws IOException {
        return problems("version: 1\nservices:\n  a:\n    upstream:\n      url: https://a\n      tls: { ca-file: %s }\n"
                .formatted(caFile));
    }

    private String problemsOfListener(String certFile, String keyFile) throws IOException {
        return problems("""
                version: 1
                services: { a: http://a }
                listeners:
                  edge: { address: 'localhost:1', tls: { cert-file: %s, key-file: %s } }
                """.formatted(certFile, keyFile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.pem", "folder.pem"})
    void refusesAuthoritiesThatCannotBeRead(String file) throws IOException {
        assertThat(problemsOfAuthorities(file))
                .contains("hansard.yaml:6:23: error: services.a.upstream.tls.ca-file must be a file that can be read, "
                        + "but is '" + file + "'")
                .contains("check that it is there");
    }

    @Test
    void refusesAuthoritiesThatAreNoCertificates() throws IOException {
        assertThat(problemsOfAuthorities("garbage.pem"))
                .contains("hansard.yaml:6:23: error: services.a.upstream.tls.ca-file must be a file of certificates");
    }

    @Test
    void refusesACertificateOfAListenerThatIsNone() throws IOException {
        assertThat(problemsOfListener("garbage.pem", "absent.pem"))
                .contains("hansard.yaml:4:53: error: listeners.edge.tls.cert-file must be a file of certificates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.pem", "garbage.pem", "cert.pem", "other-key.pem"})
    void refusesAKeyThatIsNotThatOfTheCertificate(String key) throws IOException {
        assertThat(problemsOfListener("cert.pem", key))
                .contains("hansard.yaml:4:73: error: listeners.edge.tls.key-file must be a file ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.pem", "garbage.pem", "key.pem"})
    void refusesAuthoritiesOfCallersThatAreNone(String authorities) throws IOException {
        String problems = problems("""
                version: 1
                services: { a: http://a }
                listeners:
                  edge:
                    address: 'localhost:1'
                    tls: { cert-file: cert.pem, key-file: key.pem, client-auth: required, client-ca-file: %s }
                """.formatted(authorities));

        assertThat(problems)
                .contains("hansard.yaml:6:91: error: listeners.edge.tls.client-ca-file must be a file ")
                .contains("but is '" + authorities + "'");
    }

    @Test
    void takesWhatCanBeUsed() throws IOException {
        assertThat(problemsOfAuthorities("cert.pem")).isEmpty();
        assertThat(problemsOfListener("cert.pem", "key.pem")).isEmpty();
    }
}
