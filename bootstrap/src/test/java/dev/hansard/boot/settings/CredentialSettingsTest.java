// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static dev.hansard.boot.settings.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.ports.value.ServiceName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialSettingsTest {
    private static final String ALL = """
            version: 1
            services:
              payments:
                upstream: https://payments
                credentials:
                  - { type: header, name: X-Api-Key, value: "${file:key}", overlap: 5m }
                  - { type: query, name: key, value: "${env:KEY}", overlap: 0s }
                  - type: oauth2-client-credentials
                    token-url: https://id.example.com/token
                    client-id: hansard
                    client-secret: { vault: { address: "https://vault:8200", path: a/b, field: f, token: "${file:key}" } }
                    scope: payments.write
                on-reflection: redact
              s3:
                upstream: https://bucket.s3.amazonaws.com
                credentials:
                  - { type: aws-sigv4, region: eu-central-1, service: s3, access-key: "${env:KEY}", secret-key: "${file:key}" }
              ledger:
                upstream: http://ledger
                credentials:
                  - type: token-exchange
                    token-url: http://localhost:8080/token
                    client-id: hansard
                    client-secret: "${file:key}"
                    audience: ledger
              mail: { upstream: http://mail, credentials: [{ type: basic, username: u, password: "${file:key}", id: mailer }] }
              web:
                upstream: http://web
                credentials:
                  - type: bearer
                    token:
                      vault:
                        address: https://vault:8200
                        path: web
                        approle: { role-id: hansard, secret-id: "${file:key}" }
            """;

    private static Loaded loaded() {
        Loading loading = Configurations.load(
                ALL, Map.of("KEY", "canary-from-env"), new FakeFiles().with("key", "canary-from-file\n"));
        Configurations.settings(loading);
        return (Loaded) loading;
    }

    @Test
    void readsEveryTypeAndEverySource() {
        CredentialSettings credentials = loaded().settings().credentials();

        assertThat(credentials.services().get(new ServiceName("payments"))).hasSize(3);
        assertThat(credentials.services().keySet())
                .extracting(ServiceName::value)
                .containsExactlyInAnyOrder("payments", "s3", "ledger", "mail", "web");
        assertThat(credentials.onReflection())
                .containsExactly(Map.entry(new ServiceName("payments"), OnReflection.REDACT));
    }

    @Test
    void showsNoValueAndCanBeLoadedAgain() {
        Loaded loaded = loaded();

        String yaml = EffectiveYaml.of(loaded.settings(), loaded.outside());

        assertThat(yaml)
                .doesNotContain("canary")
                .contains("value: \"${file:key}\"", "on-reflection: redact", "on-reflection: block", "overlap: 5m");
        Configurations.settings(Configurations.load(
                yaml, Map.of("KEY", "canary-from-env"), new FakeFiles().with("key", "canary-from-file\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            services.a.credentials[0].type is missing ~ [{ name: x }]
            type must be one of header, basic, bearer, query ~ [{ type: baerer, token: long-enough }]
            hint: did you mean 'bearer'? ~ [{ type: baerer, token: long-enough }]
            services.a.credentials[0] must be a mapping, but is text ~ [x]
            services.a.credentials[0].token is missing ~ [{ type: bearer }]
            unknown key 'tokne' in services.a.credentials[0] ~ [{ type: bearer, token: long-enough, tokne: x }]
            token stands in the file for all who may read it ~ [{ type: bearer, token: long-enough }]
            token cannot be used: it has fewer than 8 characters ~ [{ type: bearer, token: short }]
            value cannot be used: it has characters that no field value may have ~ [{ type: header, name: X-K, value: "long\\nenough" }]
            name must be the name of a field that is the target's own ~ [{ type: header, name: Host, value: long-enough }]
            name must be the name of a field that is the target's own ~ [{ type: header, name: X-Forwarded-For, value: long-enough }]
            Hansard-, which are Hansard's own ~ [{ type: header, name: Hansard-Key, value: long-enough }]
            leads to 'authorization', which another credential of the service sets ~ [{ type: bearer, token: long-enough }, { type: basic, username: u, password: long-enough }]
            credentials[1] has the name 'a-header', which the one at ~ [{ type: header, name: X-A, value: long-enough }, { type: header, name: X-B, value: long-enough }]
            hint: write id: a-name-of-its-own ~ [{ type: header, name: X-A, value: long-enough }, { type: header, name: X-B, value: long-enough }]
            id must be 1 to 127 of a-z 0-9 and - ~ [{ type: bearer, token: long-enough, id: Big }]
            overlap must be a duration from 0ms to 7d ~ [{ type: bearer, token: long-enough, overlap: 8d }]
            is mtls, but the service's urls are not https ~ [{ type: mtls, cert-file: c, key-file: k }]
            is aws-sigv4, which signs no content, but the service's urls are not https ~ [{ type: aws-sigv4, region: r, service: s3, access-key: long-enough, secret-key: long-enough }]
            token-url must be an https URL without user and fragment ~ [{ type: oauth2-client-credentials, token-url: 'http://id/', client-id: c, client-secret: long-enough }]
            audience must be written, or resource or scope ~ [{ type: token-exchange, token-url: 'https://id/', client-id: c, client-secret: long-enough }]
            vault.token must be written, or approle, and not both ~ [{ type: bearer, token: { vault: { address: 'https://v', path: p } } }]
            vault.address must be an https URL ~ [{ type: bearer, token: { vault: { address: 'http://v', path: p, token: long-enough } } }]
            vault.path must be a path of letters ~ [{ type: bearer, token: { vault: { address: 'https://v', path: ../p, token: long-enough } } }]
            username must be a name without a colon ~ [{ type: basic, username: 'a:b', password: long-enough }]
            """)
    void refusesWhatCannotBeMeant(String expected, String credentials) {
        String problems = problems("version: 1\nservices: { a: { upstream: http://a, credentials: "
                + credentials.replace("\\\\n", "\\n") + " } }");

        assertThat(problems).contains(expected).doesNotContain("'long-enough'");
    }

    @Test
    void refusesWhatHappensToReflectionsWhereThereIsNothingToReflect() {
        assertThat(problems("version: 1\nservices: { a: { upstream: http://a, on-reflection: redact } }"))
                .contains("services.a.on-reflection is set, but the service has no credentials");
        assertThat(problems("version: 1\nservices: { a: { upstream: http://a, on-reflection: hide } }"))
                .contains("on-reflection must be one of block, redact, but is 'hide'");
    }
}
