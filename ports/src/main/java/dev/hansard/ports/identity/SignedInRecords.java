// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. Nodes that share a control store share it, so that a person may come to another node with each
 * request, and whoever signs out is signed out at all of them at once. Times are kept to the microsecond. Safe for any
 * number of threads.
 *
 * @since 0.1
 */
public interface SignedInRecords {
    /** The most there are; one more takes the place of the one that was not used for the longest. */
    int MOST = 10_000;

    /** The most of one person; one more takes the place of theirs that was not used for the longest. */
    int MOST_OF_ONE = 20;

    /**
     * Adds one, and forgets those that are over.
     *
     * @param now what ends by now is over
     * @param idleSince what was not used after that is over, too
     * @throws dev.hansard.ports.session.StorageException when it could not be written; then nobody is signed in
     */
    void add(SignedInRecord added, Instant now, Instant idleSince);

    /**
     * The one of this digest, over or not; null when there is none.
     *
     * @throws dev.hansard.ports.session.StorageException when the store cannot be asked
     */
    @Nullable
    SignedInRecord find(String digest);

    /** Writes down that it was used, unless it was used later, too; does nothing when there is none. */
    void use(String digest, Instant at);

    /** Forgets one and returns it; null when there is none, as for all but one of those who do so at once. */
    @Nullable
    SignedInRecord remove(String digest);

    /** How many there are, with those that are over and not yet forgotten. */
    int count();
}
