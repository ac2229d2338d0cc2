// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.idp.jose.KeyLookup.Known;
import dev.hansard.idp.jose.KeyLookup.OutOfReach;
import dev.hansard.idp.jose.KeyLookup.Unknown;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the fetches so far have brought. Immutable.
 *
 * @param keys the last good ones; null when there were none yet
 * @param generation counts the sets that differed
 * @param goodAt when {@code keys} were fetched, by the clock that only goes forward
 * @param askedAt when their fetch began, by the time of day
 * @param trouble why the last fetch failed; null when it did not
 */
record HeldKeys(
        @Nullable KeySet keys,
        long generation,
        long goodAt,
        Instant askedAt,
        @Nullable String trouble) {
    static final HeldKeys NOTHING = new HeldKeys(null, 0, 0, Instant.MIN, null);

    /** After a fetch that brought keys, the same as before or others. */
    HeldKeys with(KeySet fetched, long fetchedAt, Instant begun) {
        boolean same = keys != null && keys.isSameAs(fetched);
        return new HeldKeys(fetched, same ? generation : generation + 1, fetchedAt, begun, null);
    }

    /** After a fetch that failed. */
    HeldKeys troubledBy(@Nullable String why) {
        return new HeldKeys(keys, generation, goodAt, askedAt, why);
    }

    boolean isTroubled() {
        return trouble != null;
    }

    /** Whether there are keys that are fresh, or at least not older than keys may be in an outage. */
    boolean areBelieved(long now, Duration lastGood) {
        return keys != null && (trouble == null || now - goodAt < lastGood.toNanos());
    }

    /** Finds a key among these, which are believed. */
    KeyLookup find(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        VerificationKey key = keys == null ? null : keys.find(id, algorithm);
        if (key != null) {
            return new Known(key, generation);
        }
        // Tokens count whole seconds, so that one issued right after the fetch may seem to be from before.
        boolean isNewer = issuedAt.plusSeconds(1).isAfter(askedAt);
        return id != null && isNewer ? new OutOfReach() : new Unknown();
    }
}
