// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Settings;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    private final Screen screen = Screen.piped();

    @TempDir
    private Path folder = Path.of("");

    private String config(String text) throws IOException {
        return Files.writeString(folder.resolve("h.yaml"), text).toString();
    }

    @Test
    void servesOneUpstreamWithoutAFile() {
        int code = screen.run("serve", "--upstream", "https://target:8443");

        assertThat(code).isEqualTo(ExitCode.DONE);
        Service service = screen.served().services().getFirst();
        assertThat(service.name().value()).isEqualTo("default");
        assertThat(service.upstreams().getFirst()).hasToString("https://target:8443");
        assertThat(service.matches()).containsExactly(Match.ANY);
    }

    @Test
    void servesAConfiguration() throws IOException {
        int code = screen.run("serve", "--config", config("version: 1\nservices: { a: http://a }\n"));

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.served().services().getFirst().name().value()).isEqualTo("a");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void findsTheConfigurationThatTheEnvironmentNames() throws IOException {
        var other = Screen.piped(Map.of("HANSARD_CONFIG", config("version: 1\nservices: { a: http://a }\n")));

        assertThat(other.run("serve")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void takesTheCommandLineOverTheConfiguration() throws IOException {
        String file = config("version: 1\nservices: { a: http://a }\nstorage: { data-dir: /written }\n");

        screen.run(
                "serve",
                "-c",
                file,
                "--listen",
                "127.0.0.1:1",
                "--admin",
                "[::1]:2",
                "--data-dir",
                "/typed",
                "--record",
                "relaxed");

        Settings settings = screen.served();
        assertThat(settings.listeners().getFirst().address()).hasToString("127.0.0.1:1");
        assertThat(settings.admin().address()).hasToString("[::1]:2");
        assertThat(settings.storage().dataDir()).isEqualTo(Path.of("/typed"));
        assertThat(settings.services().getFirst().recording().durability()).isEqualTo(Durability.RELAXED);
    }

    @Test
    void saysEveryProblemOfTheConfigurationOnStandardError() throws IOException {
        String file = config("version: 1\nservces: { a: http://a }\nledger: { publish: [] }\n");

        int code = screen.run("serve", "--config", file);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).isEqualTo("""
                %1$s:2:1: error: unknown key 'servces'
                  hint: did you mean 'services'?
                %1$s:3:11: error: ledger.publish is not available yet
                  hint: the sending of checkpoints to sinks comes in a later release; remove it
                error: %1$s has 2 errors
                """.formatted(file));
    }

    @Test
    void needsAConfigurationOrAnUpstreamButNotBoth() throws IOException {
        assertThat(screen.run("serve")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("there is no configuration", "hansard config init", "--upstream");

        String file = config("version: 1\nservices: { a: http://a }\n");
        assertThat(screen.run("serve", "--config", file, "--upstream", "http://a"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--config and --upstream exclude each other");
    }

    @Test
    void refusesAnUpstreamThatIsNone() {
        assertThat(screen.run("serve", "--upstream", "localhost:9001")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).isEqualTo("""
                error: --upstream must be a URL such as http://localhost:9001
                hint: add http:// or https://
                """);
    }

    @Test
    void refusesToOpenUpWithoutIdentity() {
        assertThat(screen.run("serve", "--upstream", "http://a", "--listen", "0.0.0.0:8080"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("is not on loopback, but listener 'default' has no identity");

        assertThat(screen.run("serve", "--upstream", "http://a", "--admin", "0.0.0.0:9000"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--admin 0.0.0.0:9000 is not on loopback, but sign-in is not available yet");
    }

    @Test
    void refusesTwoUsesOfOneAddress() {
        assertThat(screen.run("serve", "--upstream", "http://a", "--listen", "localhost:9000"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("listener 'default' and the admin plane are both on 127.0.0.1:9000");
    }

    @Test
    void doesNotGuessWhichListenerIsMeant() throws IOException {
        String file = config("""
                version: 1
                services: { a: http://a }
                listeners: { x: { address: localhost:1 }, y: { address: localhost:2 } }
                """);

        assertThat(screen.run("serve", "-c", file, "--listen", "localhost:3")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--listen cannot say which of 2 listeners it is for");
    }
}
