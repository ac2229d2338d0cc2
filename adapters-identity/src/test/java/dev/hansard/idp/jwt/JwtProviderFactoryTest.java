// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.Published;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.MapOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtProviderFactoryTest {
    private final Published published = Published.keys(Scene.EC);

    private void create(String key, Object value) {
        Map<String, Object> options = new HashMap<>(Map.of("issuer", Scene.ISSUER, "audience", Scene.AUDIENCE));
        options.put(key, value);
        create(options);
    }

    private void create(Map<String, Object> options) {
        new JwtProviderFactory(_ -> published)
                .create(new MapOptions("workloads", options), new MovedClock().surroundings())
                .close();
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("issuer", "id.example.com"),
                Arguments.of("issuer", "http://id.example.com"),
                Arguments.of("issuer", "https://user:word@id.example.com"),
                Arguments.of("issuer", "https://id.example.com/?realm=1"),
                Arguments.of("issuer", "https://id.example.com/#a"),
                Arguments.of("issuer", "https://"),
                Arguments.of("issuer", "https://id example"),
                Arguments.of("jwks-url", "http://id.example.com/certs"),
                Arguments.of("jwks-url", "file:///etc/keys"),
                Arguments.of("jwks-url", "http://127.0.0.1.evil.example/certs"),
                Arguments.of("jwks-url", "http://localhost.evil.example/certs"),
                Arguments.of("audience", List.of()),
                Arguments.of("audience", ""),
                Arguments.of("token-types", List.of("dpop+jwt")),
                Arguments.of("token-types", List.of("logout+jwt")),
                Arguments.of("token-types", List.of()),
                Arguments.of("algorithms", List.of("HS256")),
                Arguments.of("algorithms", List.of("RS256", "none")),
                Arguments.of("algorithms", List.of("rs256")),
                Arguments.of("algorithms", List.of()),
                Arguments.of("clock-skew", Duration.ofSeconds(121)),
                Arguments.of("keys-last-good", Duration.ofDays(31)),
                Arguments.of("ca-file", "ca\0.pem"),
                Arguments.of("dpop-nonce-key", "k".repeat(31)),
                Arguments.of("require-bound", "yes"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("misfits")
    void saysWhichOptionDoesNotFit(String key, Object value) {
        assertThatThrownBy(() -> create(key, value))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo(key));
    }

    @Test
    void asksForAnIssuerAndAnAudience() {
        assertThatThrownBy(() -> create(Map.of("audience", "hansard"))).hasMessage("issuer must be written");
        assertThatThrownBy(() -> create(Map.of("issuer", Scene.ISSUER))).hasMessageStartingWith("audience must be");
    }

    @Test
    void asksForClaimsThatHaveNames() {
        assertThatThrownBy(() -> create("claims", Map.of("subject", " "))).hasMessageStartingWith("subject must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8081/realms/r",
                "http://127.0.0.1:8081",
                "http://[::1]:1/x",
                "https://a.example"
            })
    void takesPlainHttpOnlyWithinTheMachine(String issuer) {
        create("issuer", issuer);
        create("jwks-url", issuer);
    }

    @Test
    void doesNothingButRead() {
        create("keys-last-good", Duration.ZERO);

        assertThat(published.asked()).isZero();
    }

    @Test
    void isOfTypeJwt() {
        assertThat(new JwtProviderFactory().type()).isEqualTo("jwt");
    }
}
