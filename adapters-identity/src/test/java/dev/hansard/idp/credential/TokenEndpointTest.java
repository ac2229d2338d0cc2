// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokenEndpointTest {
    private final AnsweringServer issuer = new AnsweringServer();

    @AfterEach
    void close() {
        issuer.close();
    }

    private TokenEndpoint endpoint(URI address, boolean inForm, Map<String, String> asked) {
        return new TokenEndpoint(
                address, "hansard:1", AnsweringServer.always("se cret+1"), inForm, asked, new SecretCaller(null));
    }

    private ClientCredentials clientCredentials(boolean inForm) {
        return new ClientCredentials(endpoint(issuer.uri("/token"), inForm, Map.of("scope", "a b")));
    }

    private static String value(SecretReading reading) {
        return Objects.requireNonNull(reading.values().get(SecretReading.VALUE)).reveal();
    }

    @Test
    void getsATokenForItselfAndUsesItUpToItsMargin() throws Exception {
        issuer.then(200, "{\"access_token\":\"tok-1\",\"token_type\":\"Bearer\",\"expires_in\":300,\"scope\":\"a\"}");

        SecretReading reading = clientCredentials(false).read();

        assertThat(value(reading)).isEqualTo("tok-1");
        assertThat(reading.goodFor()).isEqualTo(Duration.ofSeconds(270));
        assertThat(reading.again()).isEqualTo(Duration.ofSeconds(216));
        // hansard%3A1:se+cret%2B1
        assertThat(issuer.requests)
                .containsExactly("POST /token [Basic aGFuc2FyZCUzQTE6c2UrY3JldCUyQjE=][]"
                        + " grant_type=client_credentials&scope=a+b");
    }

    @Test
    void putsTheSecretIntoTheFormWhereThatIsAskedFor() throws Exception {
        issuer.then(200, "{\"access_token\":\"tok-1\",\"expires_in\":20}");

        SecretReading reading = clientCredentials(true).read();

        assertThat(reading.goodFor()).isEqualTo(Duration.ofSeconds(10));
        assertThat(issuer.requests.getFirst()).endsWith("&client_id=hansard%3A1&client_secret=se+cret%2B1");
    }

    @Test
    void changesACallersTokenForOneOfTheTarget() throws Exception {
        issuer.then(200, "{\"access_token\":\"tok-2\",\"token_type\":\"bearer\",\"expires_in\":60}");
        var tokens = new CallerTokens(endpoint(issuer.uri("/token"), false, Map.of("audience", "ledger")));

        SecretReading reading = tokens.exchange(Secret.of("caller.token"));

        assertThat(value(reading)).isEqualTo("tok-2");
        assertThat(issuer.requests.getFirst())
                .contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange")
                .contains("subject_token=caller.token")
                .endsWith("&audience=ledger");
    }

    @Test
    void takesNoTokenOfAWiderScopeThanAskedFor() {
        issuer.then(200, "{\"access_token\":\"tok-1\",\"token_type\":\"Bearer\",\"scope\":\"a b admin\"}");

        assertThatThrownBy(() -> clientCredentials(false).read()).hasMessageContaining("wider scope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\"} | true | refuses with invalid_grant",
                "403 | {\"error\":\"access_denied\"} | true | refuses with access_denied",
                "401 | {\"error\":\"invalid_client\"} | false | check client-id and client-secret",
                "503 | busy | false | answers 503",
                "302 | '' | false | answers 302",
                "200 | {} | false | gave no bearer token",
                "200 | {\"access_token\":\"t\",\"token_type\":\"mac\"} | false | gave no bearer token",
                "200 | {\"access_token\":\"t\",\"expires_in\":0} | false | is over already",
                "200 | {\"access_token\":\"t\",\"access_token\":\"u\"} | false | no answer that RFC 6749 allows",
                "200 | not json | false | no answer that RFC 6749 allows"
            })
    void saysWhatIsWrongAndWhetherItPasses(int status, String content, boolean refused, String message) {
        issuer.then(status, content);

        assertThatThrownBy(() -> clientCredentials(false).read())
                .hasMessageContaining(message)
                .hasMessageNotContaining("se cret")
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        e -> assertThat(e.isRefused()).isEqualTo(refused));
    }

    @Test
    void saysThatTheIssuerCannotBeReached() {
        URI nowhere = issuer.uri("/token");
        issuer.close();

        assertThatThrownBy(() -> new ClientCredentials(endpoint(nowhere, false, Map.of())).read())
                .hasMessageContaining("cannot be reached");
    }
}
