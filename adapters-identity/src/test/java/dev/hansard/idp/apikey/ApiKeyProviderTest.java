// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeyText;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.IdentityProviderContract;
import dev.hansard.ports.identity.InMemoryApiKeys;
import dev.hansard.ports.identity.PresentedBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyProviderTest implements IdentityProviderContract {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Random random = new Random(1);
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final IdentityProvider provider = new ApiKeyProvider("ci-keys", keys, now::get);
    private final String key = give("ci-build", null);

    private String give(String name, @Nullable Instant expires) {
        ApiKeyText text = ApiKeyText.make(random);
        keys.add(new ApiKey(text.id(), name, text.digest(), List.of("ci"), NOON, "test", expires, null));
        return text.whole().reveal();
    }

    @Override
    public IdentityProvider provider() {
        return provider;
    }

    @Override
    public String configuredName() {
        return "ci-keys";
    }

    @Override
    public PresentedBuilder recognisable() {
        return PresentedBuilder.aCall().bearer(key);
    }

    @Override
    public PresentedBuilder forged() {
        return PresentedBuilder.aCall()
                .bearer(ApiKeyText.make(new Random(2)).whole().reveal());
    }

    private Identification identify(PresentedBuilder call) {
        return provider.identify(call.build());
    }

    private void assertRefused(PresentedBuilder call, String reason) {
        assertThat(identify(call)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.answer().status()).isEqualTo(401);
            assertThat(refused.answer().detail()).doesNotContain(reason);
        });
    }

    @Test
    void takesAKeyInEitherField() {
        var caller = new Caller("ci-keys", "key:ci-build", List.of("ci"));

        assertThat(identify(PresentedBuilder.aCall().with("authorization", "bEARER " + key)))
                .isEqualTo(new Recognised(caller, Set.of("authorization")));
        assertThat(identify(PresentedBuilder.aCall().with("X-API-Key", key)))
                .isEqualTo(new Recognised(caller, Set.of("x-api-key")));
    }

    @Test
    void refusesAKeyFromTheMomentItIsRevoked() {
        keys.revoke(key.substring(4, 16), NOON);

        assertRefused(recognisable(), "revoked_key");
    }

    @Test
    void refusesAKeyFromTheMomentItExpires() {
        String passing = give("passing", NOON.plusSeconds(60));

        now.set(NOON.plusSeconds(60).minusNanos(1));
        assertThat(identify(PresentedBuilder.aCall().bearer(passing))).isInstanceOf(Recognised.class);
        now.set(NOON.plusSeconds(60));
        assertRefused(PresentedBuilder.aCall().bearer(passing), "expired_key");
    }

    @Test
    void refusesAKeyWithEachCharOfItChanged() {
        for (int i = ApiKeyText.PREFIX.length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            String changed = key.substring(0, i) + other + key.substring(i + 1);

            assertThat(identify(PresentedBuilder.aCall().bearer(changed))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void refusesTwoKeys() {
        assertRefused(recognisable().with("X-Api-Key", key), "two_keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsk_", "hsk_abc", "hsk_ABCDEFGHIJKL_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesWhatOnlyBeginsLikeAKey(String text) {
        assertRefused(PresentedBuilder.aCall().bearer(text), "malformed_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic aHNrXw==", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer", "", "hsk_abc"})
    void leavesOtherCredentialsToOthers(String value) {
        assertThat(identify(PresentedBuilder.aCall().with("Authorization", value)))
                .isInstanceOf(NotMine.class);
        assertThat(identify(PresentedBuilder.aCall().with("X-Api-Key", "somebody-elses")))
                .isInstanceOf(NotMine.class);
    }

    @Test
    void printsNoKey() {
        assertThat(ApiKeyText.make(random).toString()).contains("Secret[hidden]");
        assertThat(identify(forged()).toString()).doesNotContain("hsk_");
    }
}
