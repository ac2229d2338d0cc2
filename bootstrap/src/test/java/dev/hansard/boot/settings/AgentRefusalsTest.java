// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway's configuration says of agents, and an agent's of the services behind it. */
class AgentRefusalsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final FakeFiles FILES = new FakeFiles()
            .with("token", TOKEN)
            .with("short", "canary-short")
            .with("two", TOKEN + " " + TOKEN)
            .with("key", "key-of-the-target");

    private static Loading gateway(String agents, String service) {
        return Configurations.load(
                "version: 1\nagents: " + agents + "\nservices: { ledger: " + service + " }\n", Map.of(), FILES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            agents.dc2 must be a mapping, but is text ~ { dc2: token }
            agents.dc2.token is missing ~ { dc2: {} }
            unknown key 'tokn' in agents.dc2 ~ { dc2: { tokn: x } }
            agents.dc2.token must be 32 or more printable ASCII ~ { dc2: { token: '${file:short}' } }
            agents.dc2.token must be 32 or more printable ASCII ~ { dc2: { token: '${file:two}' } }
            the name in agents.DC2 must be 1 to 63 of a-z 0-9 - ~ { DC2: { token: '${file:token}' } }
            """)
    void refusesWrongAgents(String expected, String agents) {
        Loading loading = gateway(agents, "http://a");

        assertThat(Configurations.printed(loading)).contains(expected).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            services.ledger.via-agent must be one of agents, but is 'dc3' ~ { via-agent: dc3 }
            hint: did you mean 'dc2'? ~ { via-agent: dc3 }
            services.ledger.credentials is set, but the service is reached via-agent ~ { via-agent: dc2, credentials: [] }
            move it into the agent's configuration ~ { via-agent: dc2, on-reflection: block }
            services.ledger.upstream.tls is set, but the service is reached via-agent ~ { via-agent: dc2, upstream: { url: 'https://a', tls: {} } }
            services.ledger.upstream.balance is set, but ~ { via-agent: dc2, upstream: { balance: round-robin } }
            services.ledger.upstream.urls has more than one, but ~ { via-agent: dc2, upstream: { urls: ['http://a', 'http://b'] } }
            services.ledger.upstream is missing ~ { labels: {} }
            """)
    void refusesWrongServicesBehindThem(String expected, String service) {
        Loading loading = gateway("{ dc2: { token: '${file:token}' } }", service);

        assertThat(Configurations.printed(loading)).contains(expected);
    }

    @Test
    void readsAServiceBehindAnAgent() {
        Loading loading = gateway(
                "{ dc2: { token: '${file:token}' } }", "{ via-agent: dc2, upstream: { timeouts: { connect: 5s } } }");

        Settings settings = ((Loaded) loading).settings();
        Service ledger = settings.services().getFirst();
        assertThat(ledger.agent()).isEqualTo(new AgentName("dc2"));
        assertThat(ledger.upstreams()).singleElement().hasToString("http://ledger.dc2.agent");
        assertThat(ledger.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.agents()).containsExactly(Map.entry(new AgentName("dc2"), Secret.of(TOKEN)));
    }

    @Test
    void showsItWithoutTheToken() {
        Loading loading = gateway("{ dc2: { token: '${file:token}' } }", "{ via-agent: dc2 }");

        String shown = EffectiveYaml.of(((Loaded) loading).settings(), ((Loaded) loading).outside());

        assertThat(shown)
                .contains("via-agent: dc2", "token: \"${file:token}\"")
                .doesNotContain(TOKEN, "urls", "balance");
        assertThat(Configurations.load(shown, Map.of(), FILES)).isInstanceOf(Loaded.class);
    }

    private static AgentSettingsLoader.Loaded agent(String text) {
        FILES.with("agent.yaml", text);
        return new AgentSettingsLoader(Map.of(), FILES, FILES).load(Path.of("agent.yaml"));
    }

    private static String problems(String text) {
        return agent(text) instanceof AgentSettingsLoader.Loaded.Wrong(var problems)
                ? problems.toString()
                : "nothing is wrong";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            version is missing ~ services: { a: 'http://a' }
            there are no services ~ version: 1
            unknown key 'listeners' ~ {version: 1, listeners: {}, services: { a: 'http://a' }}
            unknown key 'match' in services.a ~ {version: 1, services: { a: { upstream: 'http://a', match: [] } }}
            services.a.upstream is missing ~ {version: 1, services: { a: {} }}
            services.a.upstream must be a URL ~ {version: 1, services: { a: 'a:80' }}
            the name in services.A must be ~ {version: 1, services: { A: 'http://a' }}
            services.a.credentials[0].type is missing ~ {version: 1, services: { a: { upstream: 'http://a', credentials: [{}] } }}
            """)
    void refusesAWrongConfigurationOfAnAgent(String expected, String text) {
        assertThat(problems(text)).contains(expected);
    }

    @Test
    void refusesACredentialThatNeedsTheCallersToken() {
        assertThat(problems("""
                version: 1
                services:
                  a:
                    upstream: https://a
                    credentials:
                      - { type: token-exchange, token-url: 'https://idp/token', client-id: h, client-secret: '${file:key}', scope: s }
                """)).contains("callers' tokens end at the gateway");
    }

    @Test
    void readsTheConfigurationOfAnAgent() {
        AgentSettingsLoader.Loaded loaded = agent("""
                version: 1
                services:
                  ledger: http://10.0.0.7:9002
                  payments:
                    upstream: { urls: ['https://p1', 'https://p2'] }
                    credentials: [{ type: bearer, token: '${file:key}' }]
                telemetry: { log: { level: debug } }
                """);

        AgentSettings settings = ((AgentSettingsLoader.Loaded.Right) loaded).settings();
        assertThat(settings.services())
                .extracting(service -> service.name().value())
                .containsExactly("ledger", "payments");
        assertThat(settings.credentials().services()).hasSize(1);
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
    }
}
