// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.SigningKey;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.IdentityProviderContract;
import dev.hansard.ports.identity.PresentedBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtProviderTest implements IdentityProviderContract {
    private final Scene scene = Scene.usual();

    @AfterEach
    void closeScene() {
        scene.close();
    }

    @Override
    public IdentityProvider provider() {
        return scene.provider;
    }

    @Override
    public String configuredName() {
        return Scene.NAME;
    }

    @Override
    public PresentedBuilder recognisable() {
        return PresentedBuilder.aCall().bearer(scene.token());
    }

    @Override
    public PresentedBuilder forged() {
        String forged = SigningKey.ec(Scene.EC.id()).sign(Scene.TYPE, scene.claims());
        return PresentedBuilder.aCall().bearer(forged);
    }

    @Test
    void takesTheCallerFromTheClaims() {
        var said = scene.show(scene.token());

        var caller = new Caller(Scene.NAME, "svc-orders", List.of("payments", "sre"));
        assertThat(said).isEqualTo(new Recognised(caller, Set.of("authorization")));
    }

    @Test
    void recognisesEveryKindOfKeyThatIsAllowed() {
        for (SigningKey key : List.of(Scene.EC, Scene.ED, Scene.RSA)) {
            assertThat(scene.wordOf(key.sign(Scene.TYPE, scene.claims())))
                    .as(key.algorithm())
                    .isEqualTo("recognised");
        }
    }

    @Test
    void tellsAForgerNothing() {
        var said = (Refused) scene.provider.identify(forged().build());

        assertThat(said.reason()).isEqualTo("bad_signature");
        assertThat(said.answer().status()).isEqualTo(401);
        assertThat(said.answer().fields().getFirst().value()).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dXNlcjpwYXNz",
                "Bearer opaque-key",
                "Bearer",
                "Bearer ",
                "Bearerx a.b.c",
                "Negotiate a.b.c"
            })
    void leavesWhatIsNoTokenToOthers(String field) {
        var call = PresentedBuilder.aCall().with("Authorization", field).build();

        assertThat(Scene.word(scene.provider.identify(call))).isEqualTo("not_mine");
    }

    @Test
    void leavesTokensOfOtherIssuersToOthers() {
        String token = Scene.EC.sign(Scene.TYPE, scene.claims("iss", "https://id.example.com/realms/other"));

        assertThat(scene.wordOf(token)).isEqualTo("not_mine");
    }

    @Test
    void refusesTwoCredentials() {
        var call = recognisable().bearer(scene.token()).build();

        assertThat(Scene.word(scene.provider.identify(call))).isEqualTo("two_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer    "})
    void readsTheSchemeAsHttpDoes(String scheme) {
        var call = PresentedBuilder.aCall()
                .with("authorization", scheme + scene.token())
                .build();

        assertThat(Scene.word(scene.provider.identify(call))).isEqualTo("recognised");
    }

    @Test
    void sendsTheTokenOnOnlyWhenTold() {
        try (var forwarding = Scene.with(Map.of("forward", true))) {
            var said = (Recognised) forwarding.show(forwarding.token());

            assertThat(said.consumed()).isEmpty();
        }
    }

    @Test
    void doesNotBelieveARememberedTokenPastItsEnd() {
        String token = scene.token();
        assertThat(scene.wordOf(token)).isEqualTo("recognised");

        scene.clock.set(scene.clock.now().plus(Duration.ofMinutes(5)).plusSeconds(30));

        assertThat(scene.wordOf(token)).isEqualTo("expired");
    }

    @Test
    void saysHowToAskForCallers() {
        assertThat(scene.provider.challenges())
                .containsExactly("Bearer realm=\"hansard\"", "DPoP algs=\"ES256 EdDSA PS256 RS256\"");
    }
}
