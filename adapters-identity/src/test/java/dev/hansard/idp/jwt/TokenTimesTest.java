// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.MovedClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Limits of time hold to the millisecond, whatever the skew. */
class TokenTimesTest {
    private static final long NOON = MovedClock.NOON.getEpochSecond();

    @Property(tries = 200)
    void endsWhenItSays(@ForAll @IntRange(max = 120) int skew, @ForAll @LongRange(min = -3000, max = 3000) long off) {
        try (var scene = skewed(skew)) {
            String token = EC.sign(TYPE, scene.claims("exp", NOON + 60));

            scene.clock.move(Duration.ofSeconds(60 + skew).plusMillis(off));

            assertThat(scene.wordOf(token)).isEqualTo(off < 0 ? "recognised" : "expired");
        }
    }

    @Property(tries = 200)
    void beginsWhenItSays(@ForAll @IntRange(max = 120) int skew, @ForAll @LongRange(min = -3000, max = 3000) long off) {
        try (var scene = skewed(skew)) {
            String token = EC.sign(TYPE, scene.claims("nbf", NOON + 200));

            scene.clock.move(Duration.ofSeconds(200 - skew).plusMillis(off));

            assertThat(scene.wordOf(token)).isEqualTo(off < 0 ? "not_yet_valid" : "recognised");
        }
    }

    @Property(tries = 200)
    void isNotFromTheFuture(
            @ForAll @IntRange(max = 120) int skew, @ForAll @LongRange(min = -3000, max = 3000) long off) {
        try (var scene = skewed(skew)) {
            String token = EC.sign(TYPE, scene.claims("iat", NOON + 200));

            scene.clock.move(Duration.ofSeconds(200 - skew).plusMillis(off));

            assertThat(scene.wordOf(token)).isEqualTo(off < 0 ? "issued_in_future" : "recognised");
        }
    }

    @Property(tries = 100)
    void saysTheSameWhetherItIsRememberedOrNot(@ForAll @LongRange(min = -600, max = 600) long jump) {
        try (var scene = skewed(30);
                var fresh = skewed(30)) {
            String token = scene.token();
            scene.show(token);

            scene.clock.set(MovedClock.NOON.plusSeconds(jump));
            fresh.clock.set(MovedClock.NOON.plusSeconds(jump));

            assertThat(scene.wordOf(token)).isEqualTo(fresh.wordOf(token));
        }
    }

    @Test
    void mustEnd() {
        try (var scene = Scene.usual()) {
            assertThat(scene.wordOf(EC.sign(TYPE, scene.without("exp")))).isEqualTo("without_times");
        }
    }

    @Test
    void livesNoLongerThanAllowed() {
        try (var scene = Scene.with(Map.of("max-lifetime", "PT1H", "token-types", "JWT"))) {
            Map<String, Object> claims = scene.claims("exp", NOON + 3601);
            claims.put("iat", NOON);
            assertThat(scene.wordOf(EC.sign("JWT", claims))).isEqualTo("lives_too_long");

            claims.put("exp", NOON + 3600);
            assertThat(scene.wordOf(EC.sign("JWT", claims))).isEqualTo("recognised");

            claims.remove("iat");
            claims.put("exp", NOON + 3630);
            assertThat(scene.wordOf(EC.sign("JWT", claims))).isEqualTo("recognised");

            claims.put("exp", NOON + 3631);
            assertThat(scene.wordOf(EC.sign("JWT", claims))).isEqualTo("lives_too_long");
        }
    }

    @Test
    void takesFractionsOfSecondsAndNothingThatIsNoTime() {
        try (var scene = Scene.usual()) {
            assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("exp", NOON + 60.5))))
                    .isEqualTo("recognised");
            Object smallest = new BigDecimal("1e-999999999");
            assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("nbf", smallest))))
                    .isEqualTo("recognised");
            for (Object odd : new Object[] {
                -1,
                "1",
                true,
                new BigDecimal("1e999999999"),
                new BigDecimal("-1e-999999999"),
                1e300,
                Long.MAX_VALUE,
                Map.of()
            }) {
                assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("exp", odd))))
                        .as("exp %s", odd)
                        .isEqualTo("malformed");
                assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("nbf", odd))))
                        .as("nbf %s", odd)
                        .isEqualTo("malformed");
            }
        }
    }

    private static Scene skewed(int seconds) {
        return Scene.with(Map.of("clock-skew", Duration.ofSeconds(seconds)));
    }
}
