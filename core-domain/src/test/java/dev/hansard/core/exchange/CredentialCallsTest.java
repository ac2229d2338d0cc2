// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.CredentialSpec;
import dev.hansard.core.credential.CredentialTools;
import dev.hansard.core.credential.ExchangedCredential;
import dev.hansard.core.credential.HeldCredential;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.core.credential.ServiceCredentials;
import dev.hansard.core.credential.SharedCredential;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.credential.shape.Shape;
import dev.hansard.core.id.SessionIds;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a call puts into its request, from whom it has it, and when it tries another version. */
class CredentialCallsTest {
    private static final ServiceName SHOP = new ServiceName("shop");
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final CredentialTools TOOLS = new CredentialTools(NOON, () -> 0, new Random(1));

    private final AtomicReference<String> value = new AtomicReference<>("value-number-one");
    private final List<String> exchanged = new ArrayList<>();

    private final SharedCredential key = new SharedCredential(
            new CredentialSpec("key", SHOP, "header", new Shape.Header("X-Api-Key", ""), Duration.ofMinutes(1)),
            () -> SecretReading.of(Secret.of(value.get()), null, Duration.ofMinutes(1)),
            TOOLS);
    private final TokenExchange issuer = subject -> {
        exchanged.add(subject.reveal());
        return SecretReading.of(Secret.of("token-of-" + subject.reveal()), null, Duration.ofMinutes(1));
    };

    private Call call(HeldCredential credential, String... fields) {
        // Bearer tokens are the proof; whoever shows none is let in all the same.
        IdentityProvider tokens = presented -> {
            String proof = presented.head().fields().first("authorization");
            return new Identification.Recognised(
                    new Caller("t", proof == null ? "nobody" : "somebody", List.of()),
                    proof == null ? Set.of() : Set.of("authorization"));
        };
        var credentials = new ServiceCredentials(List.of(credential), OnReflection.BLOCK);
        var random = new Random(1);
        var gateway = new CallGateway(
                List.of(Services.reachedBy("shop", new Match(null, null, "/", false))),
                CallRules.of(new FieldRules(Set.of(), random)),
                new Admittance(Map.of("edge", new IdentityChain(List.of(tokens))), AllowedCallers.ALL),
                new Additions(
                        ToldTargets.none().statements(),
                        new CredentialBook(Map.of(SHOP, credentials)),
                        new ResponseGuards((_, _) -> null)),
                null,
                new CallStamps(new NodeName("node-1"), new SessionIds(NOON, random), new CallClock(NOON, () -> 0)));
        Admission admission = gateway.admit(Heads.request("GET", "/a", fields), new Arrival("edge", "192.0.2.7", true));
        Call call = ((Admission.Admitted) admission).call();
        assertThat(call.ruling()).isEqualTo(Ruling.Passes.PASSES);
        return call;
    }

    private static @Nullable String sent(Call call, String name) {
        var found = new ArrayList<String>();
        call.requestPlan().added((added, text) -> {
            if (added.equals(name)) {
                found.add(text);
            }
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void end(Call call) {
        Sealing _ = call.finish(Ending.COMPLETE);
    }

    @Test
    void putsInNothingBeforeItIsReadyAndOneVersionFromThenOn() {
        Call call = call(key, "Host: shop.test");

        String before = sent(call, "X-Api-Key");
        Readiness ready = call.ready();
        value.set("value-number-two");
        key.rotate();

        assertThat(before).isNull();
        assertThat(ready).isEqualTo(Readiness.Ready.READY);
        assertThat(sent(call, "X-Api-Key")).isEqualTo("value-number-one");
        end(call);
    }

    @Test
    void triesAnotherVersionOnceAndNotTheSameAgain() {
        Call rotated = call(key, "Host: shop.test");
        rotated.ready();
        value.set("value-number-two");
        key.rotate();
        Call alone = call(key, "Host: shop.test");
        alone.ready();

        boolean first = rotated.tryAgain();
        boolean second = rotated.tryAgain();

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(sent(rotated, "X-Api-Key")).isEqualTo("value-number-two");
        assertThat(alone.tryAgain()).isTrue();
        assertThat(sent(alone, "X-Api-Key")).isEqualTo("value-number-one");
        end(rotated);
        end(alone);
    }

    @Test
    void changesTheTokenOfTheCallerAndNoOtherThatItBrings() {
        var credential = new ExchangedCredential(
                new CredentialSpec("token", SHOP, "token-exchange", Shape.Header.bearer(), Duration.ZERO),
                issuer,
                TOOLS);
        Call call = call(credential, "Host: shop.test", "Authorization: Bearer anna", "X-Token: Bearer bert");

        call.ready();

        assertThat(sent(call, "Authorization")).isEqualTo("Bearer token-of-anna");
        assertThat(call.requestPlan().keeps(1)).isFalse();
        assertThat(exchanged).containsExactly("anna");
        end(call);
    }

    @Test
    void refusesACallerWithoutATokenToChange() {
        var credential = new ExchangedCredential(
                new CredentialSpec("token", SHOP, "token-exchange", Shape.Header.bearer(), Duration.ZERO),
                issuer,
                TOOLS);
        Call call = call(credential, "Host: shop.test");

        Readiness ready = call.ready();

        assertThat(ready).isInstanceOfSatisfying(Readiness.Unready.class, unready -> {
            Refusal refusal = unready.refusal();
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.code()).isEqualTo("credential_refused");
        });
        assertThat(exchanged).isEmpty();
        end(call);
    }
}
