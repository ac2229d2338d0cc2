// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.credential.SecretReading;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stub that answers as the documentation of Vault's and OpenBao's HTTP API says. */
@Timeout(60)
class VaultSourceTest {
    private static final String SECRET = """
            {"request_id":"1","lease_id":"","renewable":false,"lease_duration":0,"data":{"data":{"key":"kv-value-one",\
            "n":1},"metadata":{"version":3,"deletion_time":"","destroyed":false}},"wrap_info":null,"auth":null}""";
    private static final String LOGIN = """
            {"auth":{"client_token":"s.%s","accessor":"a","policies":["p"],"lease_duration":1000,"renewable":true}}""";

    private final AnsweringServer vault = new AnsweringServer();
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void close() {
        vault.close();
    }

    private VaultSource source(VaultLogin login, String field) {
        var settings = new VaultSettings(
                vault.uri(""), "kv", "shop/payments", field, null, Duration.ofMinutes(1), Duration.ofDays(1));
        return new VaultSource(settings, login, new SecretCaller(null), nanos::get);
    }

    private VaultSource byToken(String field) {
        return source(new VaultLogin.Token(AnsweringServer.always("s.token")), field);
    }

    private VaultSource byRole() {
        return source(new VaultLogin.AppRole("approle", "role\"1", AnsweringServer.always("sec-id")), "key");
    }

    private static String value(SecretReading reading) {
        return Objects.requireNonNull(reading.values().get(SecretReading.VALUE)).reveal();
    }

    @Test
    void readsAFieldOfASecretAndBelievesItForAWhile() throws Exception {
        vault.then(200, SECRET);

        SecretReading reading = byToken("key").read();

        assertThat(value(reading)).isEqualTo("kv-value-one");
        assertThat(reading.goodFor()).isEqualTo(Duration.ofDays(1));
        assertThat(reading.again()).isEqualTo(Duration.ofMinutes(1));
        assertThat(vault.requests).containsExactly("GET /v1/kv/data/shop/payments [][s.token] ");
    }

    @Test
    void keepsToTheLeaseWhereThereIsOne() throws Exception {
        vault.then(200, SECRET.replace("\"lease_duration\":0", "\"lease_duration\":90"));

        SecretReading reading = byToken("key").read();

        assertThat(reading.goodFor()).isEqualTo(Duration.ofSeconds(90));
        assertThat(reading.again()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void signsInAsARoleAndKeepsTheTokenUntilItNearsItsEnd() throws Exception {
        VaultSource source = byRole();
        vault.then(200, LOGIN.formatted("one")).then(200, SECRET).then(200, SECRET);
        source.read();
        source.read();
        nanos.addAndGet(Duration.ofSeconds(800).toNanos());
        vault.then(200, LOGIN.formatted("two")).then(200, SECRET);

        source.read();

        assertThat(vault.requests)
                .containsExactly(
                        "POST /v1/auth/approle/login [][] {\"role_id\":\"role\\\"1\",\"secret_id\":\"sec-id\"}",
                        "GET /v1/kv/data/shop/payments [][s.one] ",
                        "GET /v1/kv/data/shop/payments [][s.one] ",
                        "POST /v1/auth/approle/login [][] {\"role_id\":\"role\\\"1\",\"secret_id\":\"sec-id\"}",
                        "GET /v1/kv/data/shop/payments [][s.two] ");
    }

    @Test
    void signsInAgainWhereItsTokenWasRevoked() throws Exception {
        VaultSource source = byRole();
        vault.then(200, LOGIN.formatted("one")).then(200, SECRET);
        source.read();
        vault.then(403, "{\"errors\":[\"permission denied\"]}")
                .then(200, LOGIN.formatted("two"))
                .then(200, SECRET);

        assertThat(value(source.read())).isEqualTo("kv-value-one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {\"errors\":[\"permission denied\"]} | let the policy of its token read it",
                "404 | {\"errors\":[]} | check mount and path",
                "503 | {\"errors\":[\"Vault is sealed\"]} | unseal it",
                "200 | {\"data\":{\"data\":null,\"metadata\":{}}} | no text in field 'key'",
                "200 | {\"data\":{\"data\":{\"key\":7}}} | no answer of the KV engine",
                "200 | {\"data\":{\"key\":\"version-one\"}} | no text in field 'key'",
                "200 | <html> | no answer of the KV engine"
            })
    void saysWhatIsWrongAndWhatToDo(int status, String content, String message) {
        vault.then(status, content);

        assertThatThrownBy(() -> byToken("key").read())
                .hasMessageContaining(message)
                .hasMessageNotContaining("s.token");
    }
}
