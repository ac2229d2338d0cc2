// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.idp.jose.Base64Url;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.MovedClock;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTokensTest {
    private static final Caller SHOP = new Caller("corp", "shop \"é\"", List.of("a b", "c"));
    private static final Secret SHARED = Secret.of("0123456789abcdef0123456789abcdef");
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final MovedClock clock = new MovedClock();
    private final CallerTokens tokens = new CallerTokens("corp", null, clock.surroundings());

    private String token() {
        Secret made = tokens.make(SHOP, LIFE);
        return made == null ? "" : made.reveal();
    }

    @Test
    void recognisesItsOwnUntilTheyEnd() throws FlawedTokenException {
        String token = token();

        assertThat(tokens.read(token)).isEqualTo(SHOP);
        clock.move(LIFE.minusMillis(1));
        assertThat(tokens.read(token)).isEqualTo(SHOP);
        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> tokens.read(token)).hasMessageContaining("expired");
    }

    @Test
    void refusesEveryChangeOfALetter() throws FlawedTokenException {
        String token = token();
        int header = token.indexOf('.') + 1;

        for (int at = header; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(isTaken(changed)).as(changed).isFalse();
        }
    }

    private boolean isTaken(String token) {
        try {
            return tokens.read(token) != null;
        } catch (FlawedTokenException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9"})
    void leavesOthersToOthers(String token) throws FlawedTokenException {
        assertThat(tokens.read(token)).isNull();
    }

    /** Also one whose claims would suit, as a target is told them. */
    @Test
    void takesNoStatementForAToken() throws FlawedTokenException {
        String token = token();
        String rest = token.substring(token.indexOf('.'));
        String header = Base64Url.encode(
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"hansard-id+jwt\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.read(header + rest)).isNull();
    }

    @Test
    void takesTokensOfNodesWithTheSameKeyAndProviderOnly() throws FlawedTokenException {
        var one = new CallerTokens("corp", SHARED, clock.surroundings());
        var same = new CallerTokens("corp", SHARED, clock.surroundings());
        var renamed = new CallerTokens("other", SHARED, clock.surroundings());
        Secret made = one.make(SHOP, LIFE);
        String token = made == null ? "" : made.reveal();

        assertThat(same.read(token)).isEqualTo(SHOP);
        assertThat(renamed.read(token)).isNull();
        assertThatThrownBy(() -> tokens.read(token)).hasMessageContaining("bad_signature");
    }

    @Test
    void makesNoneThatNoFieldWouldHold() {
        List<String> groups =
                IntStream.range(0, 100).mapToObj(i -> "g".repeat(200) + i).toList();

        assertThat(tokens.make(new Caller("corp", "shop", groups), LIFE)).isNull();
    }
}
