// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hansard.idp.jwt.ClaimChecks.Validity;
import dev.hansard.ports.identity.Identification.Recognised;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified a moment ago, known by their digests. One is believed for {@link #LONGEST}, not past its
 * end, and only with the very keys that it was verified with. Safe for any number of threads.
 */
final class VerifiedTokens {
    /** How long the issuer's word is not asked for again. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Cache<Digest256, VerifiedToken> cache;

    VerifiedTokens(int most, LongSupplier nanos) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(LONGEST)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * One of them.
     *
     * @param answer what is said of whoever shows it
     * @param binding what must be shown beside it
     * @param validity while it holds
     * @param generation the keys that it was verified with
     */
    record VerifiedToken(Recognised answer, Binding binding, Validity validity, long generation) {}

    /** A token that still holds; null when there is none. */
    @Nullable
    VerifiedToken find(Digest256 token, long generation, long now) {
        VerifiedToken found = cache.getIfPresent(token);
        return found != null
                        && found.generation() == generation
                        && found.validity().holdsAt(now)
                ? found
                : null;
    }

    void keep(Digest256 token, VerifiedToken verified) {
        cache.put(token, verified);
    }
}
