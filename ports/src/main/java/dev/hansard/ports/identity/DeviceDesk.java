// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where people sign in for a command line, by a browser elsewhere. The node speaks with the provider, so that neither
 * the client's secret nor the provider's tokens leave it. Each sign-in, each sign-out and each attempt that was refused
 * is in the audit log. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface DeviceDesk {
    /** What the tokens of {@link Progress.SignedIn} begin with. */
    String TOKEN_PREFIX = "hst_";

    /**
     * Begins an attempt.
     *
     * @param provider null where there is one only
     */
    Start begin(@Nullable String provider);

    /**
     * Asks how far the person is. After the end the attempt is unknown.
     *
     * @param attempt the secret of {@link Start.Shown}
     * @param from textual IP address of the peer
     */
    Progress poll(String attempt, String from);

    /** Ends what a token opens; false when it opened nothing. */
    boolean leave(String token, String from);

    /** How an attempt begins. */
    sealed interface Start {
        /**
         * The person has to be told where to go.
         *
         * @param attempt what has to be shown to hear how it ends
         */
        record Shown(String provider, Invitation invitation, Secret attempt) implements Start {}

        /** It cannot begin. */
        record Refused(Refusal refusal) implements Start {}
    }

    /** How far an attempt is. */
    sealed interface Progress {
        /** The person is not through; whoever asks sooner than this hears the same. */
        record Waiting(Duration interval) implements Progress {}

        /**
         * Somebody is signed in.
         *
         * @param token shown as a bearer token from now on
         * @param idleUntil when it ends if nothing is asked with it
         * @param until when it ends in any case
         */
        record SignedIn(Person person, Secret token, Instant idleUntil, Instant until) implements Progress {}

        /** Nobody is signed in. */
        record Refused(Refusal refusal) implements Progress {}
    }
}
