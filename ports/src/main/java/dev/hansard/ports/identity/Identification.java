// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.util.List;
import java.util.Set;

/**
 * What an identity provider says of a call.
 *
 * @since 0.1
 */
public sealed interface Identification {
    /**
     * The caller has proved who it is; no other provider is asked.
     *
     * @param consumed names, in lower case, of the fields that held the proof: they are not sent on, for the proof was
     *     meant for Hansard and not for the target
     */
    record Recognised(Caller caller, Set<String> consumed) implements Identification {
        public Recognised {
            consumed = Set.copyOf(consumed);
        }
    }

    /**
     * The proof is of this provider's kind and does not hold; no other provider is asked.
     *
     * @param answer what the caller gets: it says no more than that the proof does not hold
     * @param reason one stable word for people who run Hansard, such as {@code expired}; lower case with underscores,
     *     from a fixed set and never anything that the caller sent
     */
    record Refused(Refusal answer, String reason) implements Identification {
        /** The answer to a bearer token that does not hold (RFC 6750 section 3.1): no detail for whoever guesses. */
        public static Refused invalidToken(String scheme, String reason) {
            return new Refused(
                    new Refusal(
                            401,
                            "invalid_token",
                            "The access token was not accepted.",
                            List.of(new Field("WWW-Authenticate", scheme + " error=\"invalid_token\""))),
                    reason);
        }

        /**
         * The answer when the provider cannot tell, because what it needs is out of reach: the caller may try again.
         */
        public static Refused unavailable(String reason) {
            return new Refused(
                    new Refusal(
                            503,
                            "identity_unavailable",
                            "Who calls cannot be verified at the moment; try again later.",
                            List.of(new Field("Retry-After", "5"))),
                    reason);
        }
    }

    /** There is nothing in the call that this provider looks at; the next one is asked. */
    record NotMine() implements Identification {
        public static final NotMine NOT_MINE = new NotMine();
    }
}
