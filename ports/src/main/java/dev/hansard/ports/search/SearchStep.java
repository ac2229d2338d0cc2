// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a search went on.
 *
 * @since 0.1
 */
public sealed interface SearchStep {
    /**
     * A session has the phrase.
     *
     * @param in whose content has it, one or both
     * @since 0.1
     */
    record Found(SessionSummary session, Set<Direction> in) implements SearchStep {
        public Found {
            in = Set.copyOf(in);
            if (in.isEmpty()) {
                throw new InvalidValueException("session " + session.id() + " is found in no content");
            }
        }
    }

    /**
     * Nothing new yet.
     *
     * @param at how far back it has come; null before it knows
     * @since 0.1
     */
    record Passed(@Nullable Instant at) implements SearchStep {}

    /**
     * The search is over.
     *
     * @param rest what {@link ContentQuery#from()} must be to go on where the limit was reached; null when all there
     *     is was looked at
     * @since 0.1
     */
    record Ended(@Nullable SessionId rest) implements SearchStep {}
}
