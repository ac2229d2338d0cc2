// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Duration;

/**
 * Lets people prove who they are on another device than the one that asks, such as a browser when it is a command line
 * that asks (RFC 8628). Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DeviceSignIn {
    /** Begins one attempt. May ask the provider, for at most a few seconds. */
    Beginning begin();

    /** One attempt, which is kept in memory. It holds secrets, and so is never printed or stored. */
    interface Attempt {
        /**
         * Asks the provider how far the person is, for at most a few seconds. Not called again after the end, nor
         * sooner than was said, nor by two threads at once. An exception is taken for {@link
         * SignIn.Outcome.Unavailable}.
         */
        Progress poll();
    }

    /** How an attempt begins. */
    sealed interface Beginning {
        /** The person has to be told where to go. */
        record Shown(Invitation invitation, Attempt attempt) implements Beginning {}

        /**
         * The provider cannot be asked, or does not offer this.
         *
         * @param reason one stable word for people who run Hansard
         */
        record Unavailable(String reason) implements Beginning {}
    }

    /** How far an attempt is. */
    sealed interface Progress {
        /**
         * The person is not through.
         *
         * @param interval how long to wait before the provider is asked again
         */
        record Waiting(Duration interval) implements Progress {}

        /** It is over. */
        record Ended(SignIn.Outcome outcome) implements Progress {}
    }
}
