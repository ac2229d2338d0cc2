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
     * Takes an answer that a page of the provider has the browser post. It signs nobody in: the browser's cookies do
     * not come with a post from another site, so that nothing says whose browser it is. The browser is sent on to where
     * {@link #finish} is called, and shows them there.
     *
     * @param answer the fields of the form, each of which came once
     * @param from textual IP address of the peer
     */
    Handed post(String provider, Map<String, String> answer, String from);

    /** What a provider wants to know of us; null when there is no such provider, or nothing to know. */
    SignIn.@Nullable Description description(String provider, String back);

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

    /** What becomes of an answer that was posted. */
    sealed interface Handed {
        /**
         * It holds, and waits for its browser.
         *
         * @param state what {@link #finish} is called with, as the parameter {@code state}; nobody but the browser that
         *     posted may get to know it
         */
        record On(String state) implements Handed {}

        /** It does not hold. */
        record Refused(Refusal refusal) implements Handed {}
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
