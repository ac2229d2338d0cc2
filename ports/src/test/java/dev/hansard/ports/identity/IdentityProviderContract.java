// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every identity provider owes to the gateway; each one's test implements it. */
public interface IdentityProviderContract {
    /** The provider, started. */
    IdentityProvider provider();

    /** The name that the provider was configured with. */
    String configuredName();

    /** A call that it recognises, made anew each time. */
    PresentedBuilder recognisable();

    /** A call whose proof is of its kind but does not hold. */
    PresentedBuilder forged();

    /** Whether it takes every call, as one does that asks for no proof. */
    default boolean takesAll() {
        return false;
    }

    @Test
    default void namesItselfInWhomItRecognises() {
        Identification said = provider().identify(recognisable().build());

        assertThat(said)
                .isInstanceOfSatisfying(
                        Recognised.class,
                        recognised -> assertThat(recognised.caller().provider()).isEqualTo(configuredName()));
    }

    @Test
    default void leavesACallWithoutProofToOthers() {
        Identification said = provider().identify(PresentedBuilder.aCall().build());

        if (takesAll()) {
            assertThat(said).isInstanceOf(Recognised.class);
        } else {
            assertThat(said).isInstanceOf(NotMine.class);
        }
    }

    @Test
    default void doesNotRecogniseAForgedProof() {
        if (takesAll()) {
            return;
        }

        Identification said = provider().identify(forged().build());

        assertThat(said).isNotInstanceOf(Recognised.class);
    }

    @Test
    default void refusesWithAStatusAndAWordForPeople() {
        if (provider().identify(forged().build()) instanceof Refused(var answer, String reason)) {
            assertThat(answer.status()).isIn(401, 403, 503);
            assertThat(reason).matches("[a-z][a-z0-9_]{1,63}");
        }
    }

    @Test
    default void consumesOnlyFieldsThatItCallsCredentials() {
        var recognised = (Recognised) provider().identify(recognisable().build());

        assertThat(provider().credentialFields()).containsAll(recognised.consumed());
        assertThat(provider().credentialFields()).allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
    }

    @Test
    default void saysTheSameToManyAtOnce() throws Exception {
        Callable<Identification> asking =
                () -> provider().identify(recognisable().build());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    threads.invokeAll(Stream.generate(() -> asking).limit(64).toList());

            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Recognised.class);
            }
        }
    }
}
