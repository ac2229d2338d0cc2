// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.idp.jose.ClaimPath;
import dev.hansard.idp.jose.Keyring;
import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.Published;
import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.idp.jose.SigningKey;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.PresentedBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers get while the issuer changes its keys or is gone. */
class RotationTest {
    private static final SigningKey NEXT = SigningKey.ec("ec-2");
    private static final Duration LAST_GOOD = Duration.ofHours(24);

    private final MovedClock clock = new MovedClock();
    private final Published published = Published.keys(EC);
    private final Keyring keys =
            new Keyring("w", published.publication(), Duration.ofMinutes(5), LAST_GOOD, clock.surroundings());
    private final JwtProvider provider = new JwtProvider(
            settings(), keys, new DpopProofs(settings(), null, clock.surroundings()), clock.surroundings());

    private static JwtSettings settings() {
        return new JwtSettings(
                Scene.NAME,
                Scene.ISSUER,
                Set.of(Scene.AUDIENCE),
                false,
                new ClaimPath("sub"),
                new ClaimPath("groups"),
                Set.of(TYPE),
                Set.of(SignatureAlgorithm.ES256),
                Duration.ofSeconds(30),
                Duration.ofDays(365),
                JwtSettings.Bound.FREE,
                false,
                1000,
                Duration.ofMinutes(1),
                1000);
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    /** A token that outlives the test; the number makes it another one. */
    private String token(SigningKey key, int number) {
        long now = clock.now().getEpochSecond();
        return key.sign(
                TYPE,
                Map.of(
                        "iss",
                        Scene.ISSUER,
                        "sub",
                        "s",
                        "aud",
                        Scene.AUDIENCE,
                        "iat",
                        now,
                        "exp",
                        now + 1_000_000,
                        "jti",
                        number));
    }

    private Identification show(String token) {
        return provider.identify(PresentedBuilder.aCall().bearer(token).build());
    }

    private String wordOf(String token) {
        return Scene.word(show(token));
    }

    private void start() {
        provider.start();
        await().until(() -> keys.generation() > 0);
    }

    @Test
    void refusesNobodyWhileKeysChange() throws Exception {
        start();
        var number = new AtomicInteger();
        Callable<String> before = () -> wordOf(token(EC, number.incrementAndGet()));
        Callable<String> after = () -> wordOf(token(NEXT, number.incrementAndGet()));
        List<Callable<String>> calls = IntStream.range(0, 2000)
                .mapToObj(call -> call % 2 == 0 ? before : after)
                .toList();

        published.publish(EC, NEXT);
        try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo("recognised");
            }
        }
        assertThat(published.asked()).isEqualTo(2);
    }

    @Test
    void forgetsTokensOfAKeyThatIsWithdrawn() throws InterruptedException {
        keys.refresh();
        String token = token(EC, 1);
        assertThat(wordOf(token)).isEqualTo("recognised");

        published.publish(NEXT);
        clock.move(Duration.ofSeconds(2));
        keys.refresh();

        assertThat(show(token)).isInstanceOf(Refused.class);
        assertThat(wordOf(token(NEXT, 2))).isEqualTo("recognised");
    }

    @Test
    void outlivesAnOutageUntilTheLimitAndThenCannotTell() throws InterruptedException {
        keys.refresh();
        String token = token(EC, 1);
        published.goDown();
        for (int hour = 1; hour < LAST_GOOD.toHours(); hour++) {
            clock.move(Duration.ofHours(1));
            keys.refresh();
            assertThat(wordOf(token)).as("after %d hours", hour).isEqualTo("recognised");
            assertThat(provider.troubles()).hasSize(1);
        }

        clock.move(Duration.ofHours(1));

        var said = (Refused) show(token);
        assertThat(said.answer().status()).isEqualTo(503);
        assertThat(said.reason()).isEqualTo("keys_unavailable");
        assertThat(wordOf(token(SigningKey.ec("ec-9"), 2))).isEqualTo("keys_unavailable");
        assertThat(wordOf(EC.sign(TYPE, Map.of("iss", "https://other.example"))))
                .isEqualTo("not_mine");

        published.comeUp();
        keys.refresh();
        assertThat(wordOf(token)).isEqualTo("recognised");
        assertThat(provider.troubles()).isEmpty();
    }

    @Test
    void cannotTellBeforeThereWereKeys() throws InterruptedException {
        published.goDown();
        keys.refresh();

        assertThat(wordOf(token(EC, 1))).isEqualTo("keys_unavailable");
    }

    @Test
    void asksOnceInHalfAMinuteForTenThousandKeysThatNobodyKnows() {
        start();
        clock.move(Duration.ofSeconds(2));
        String token = token(EC, 1);
        String rest = token.substring(token.indexOf('.'));
        int before = published.asked();

        for (int number = 0; number < 10_000; number++) {
            String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k-" + number + "\"}";
            assertThat(show(SigningKey.base64(header) + rest)).isInstanceOf(Refused.class);
        }

        assertThat(published.asked()).isEqualTo(before + 1);
    }
}
