// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where people sign in to the admin plane with a browser, and out. Each sign-in, each sign-out and each attempt that
 * was refused is in the audit log. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface SignInDesk {
    /** Names of the providers that people sign in with, in the order to show them; empty when nobody can sign in. */
    List<String> providers();

    /**
     * Begins an attempt.
     *
     * @param provider one of {@link #providers}
     * @param back where the provider sends the browser to
     * @param returnTo the path of ours that the person wants to get to; null for the start
     */
    Start begin(String provider, String back, @Nullable String returnTo);

    /**
     * Ends an attempt, well or not; the same answer never works twice. Whoever was signed in with this browser is
     * signed out.
     *
     * @param provider the one that the answer came from, by the URL that it came to
     * @param answer the parameters, each of which came once
     */
    End finish(String provider, Map<String, String> answer, Browser browser);

    /** Ends the session of a browser, if it has one that still lives. */
    void leave(Browser browser);

    /**
     * What a browser shows.
     *
     * @param attempt the secret of {@link Start.Away}; null when it has none
     * @param session the secret of {@link End.SignedIn}; null when it has none
     * @param from textual IP address of the peer
     */
    record Browser(@Nullable String attempt, @Nullable String session, String from) {}

    /** How an attempt begins. */
    sealed interface Start {
        /**
         * The browser is sent to the provider.
         *
         * @param attempt what this browser, and no other, has to show when it comes back
         */
        record Away(String to, Secret attempt) implements Start {}

        /** It cannot begin. */
        record Refused(Refusal refusal) implements Start {}
    }

    /** How an attempt ends. */
    sealed interface End {
        /**
         * Somebody is signed in.
         *
         * @param session what their browser has to show from now on; new with each sign-in
         * @param returnTo a path of ours, and surely of ours
         */
        record SignedIn(Secret session, String returnTo) implements End {}

        /** Nobody is signed in. */
        record Refused(Refusal refusal) implements End {}
    }
}
