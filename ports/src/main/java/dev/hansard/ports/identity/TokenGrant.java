// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.Locale;

/**
 * Gives a token of Hansard's own for proof that a caller brings once (RFC 6749 section 4.5). Safe for any number of
 * threads.
 *
 * @since 0.1
 */
public interface TokenGrant {
    /** The {@code grant_type} that asks for it. */
    String type();

    /** The parameter that holds the proof. */
    String parameter();

    /**
     * Decides on one proof. It does no I/O, and takes at most a tenth of a second of processor time.
     *
     * @param proof the value of {@link #parameter}, not empty
     * @param from textual IP address of the peer
     */
    Outcome grant(Secret proof, String from);

    /** What becomes of a proof. */
    sealed interface Outcome {
        /**
         * It holds.
         *
         * @param caller who is recognised by the token
         * @param life how long the token holds; at least a second
         */
        record Granted(Caller caller, Secret token, Duration life) implements Outcome {}

        /** It is from somebody whom this provider does not know; another one may. */
        record NotMine() implements Outcome {}

        /**
         * It does not hold.
         *
         * @param error what the caller is told
         * @param reason one stable word for people who run Hansard, from a fixed set and never anything that came in
         */
        record Denied(Problem error, String reason) implements Outcome {}

        /**
         * There were too many of that peer, or are too many at once; the caller may try again.
         *
         * @param after how long to wait before
         */
        record Limited(Duration after) implements Outcome {}

        /**
         * The provider cannot tell, because what it needs is out of reach.
         *
         * @param reason as for {@link Denied}
         */
        record Unavailable(String reason) implements Outcome {}
    }

    /** What callers are told (RFC 6749 section 5.2). */
    enum Problem {
        INVALID_REQUEST,
        INVALID_GRANT,
        INVALID_SCOPE,
        UNSUPPORTED_GRANT_TYPE;

        /** As it is written: lower case with underscores. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
