// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets people prove who they are in their browser: it is sent away to the provider and comes back with an answer. Safe
 * for any number of threads.
 *
 * @since 0.1
 */
public interface SignIn extends AutoCloseable {
    /** Begins work in the background, if there is any. Called once, before the first call of {@link #begin}. */
    default void start() {}

    /**
     * Begins one attempt. May ask the provider, for at most a few seconds.
     *
     * @param state nobody can guess it and it is never used again; the answer has to come with it, which is checked
     *     before {@link Attempt#finish} is called
     * @param back where the provider sends the browser to: a URL of ours that no other provider sends it to
     */
    Beginning begin(String state, String back);

    /** The same on another device; null when the provider has no such way, or it is not configured. */
    default @Nullable DeviceSignIn onDevice() {
        return null;
    }

    /**
     * The name of the form field that brings the state back, where the provider has the browser post its answer from a
     * page of its own (SAML bindings, section 3.5); null when the answer comes in the query of a redirect. A cookie
     * does not come with such a post, so that it only counts once the browser has come by itself and shown it.
     */
    default @Nullable String postedState() {
        return null;
    }

    /**
     * What the provider wants to know of us, for whoever sets it up; null when there is nothing to know.
     *
     * @param back as in {@link #begin}
     */
    default @Nullable Description description(String back) {
        return null;
    }

    /**
     * A document that anybody may read.
     *
     * @param mediaType of the content
     * @param content the whole text
     */
    record Description(String mediaType, String content) {}

    /** What someone who runs Hansard should know, such as keys that could not be fetched; empty when all is well. */
    default List<String> troubles() {
        return List.of();
    }

    /** Ends what {@link #start} began. */
    @Override
    default void close() {}

    /**
     * One attempt of one browser, which is kept in memory while the browser is away. It may hold secrets, and so is
     * never printed or stored.
     */
    interface Attempt {
        /**
         * Decides on what the browser came back with. Called once at most. May ask the provider, for at most a few
         * seconds. An exception is taken for {@link Outcome.Unavailable}.
         *
         * @param answer the parameters, each of which came once
         */
        Outcome finish(Map<String, String> answer);
    }

    /** How an attempt begins. */
    sealed interface Beginning {
        /**
         * The browser has to go somewhere.
         *
         * @param to with all parameters
         */
        record Away(String to, Attempt attempt) implements Beginning {}

        /**
         * The provider cannot be asked at the moment.
         *
         * @param reason one stable word for people who run Hansard
         */
        record Unavailable(String reason) implements Beginning {}
    }

    /** How an attempt ends. */
    sealed interface Outcome {
        /**
         * The person has proved who they are.
         *
         * @param until when their session has to end at the latest; null when the provider does not say
         */
        record Proven(Person person, @Nullable Instant until) implements Outcome {
            /** For as long as our own limits allow. */
            public Proven(Person person) {
                this(person, null);
            }
        }

        /**
         * The proof does not hold, or there is none.
         *
         * @param reason one stable word for people who run Hansard, such as {@code wrong_nonce}; from a fixed set and
         *     never anything that came in
         */
        record Refused(String reason) implements Outcome {}

        /**
         * The provider cannot tell, because what it needs is out of reach.
         *
         * @param reason one stable word for people who run Hansard
         */
        record Unavailable(String reason) implements Outcome {}
    }
}
