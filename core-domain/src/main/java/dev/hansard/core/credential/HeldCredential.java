// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.credential.CredentialState;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.value.Secret;
import org.jspecify.annotations.Nullable;

/** One credential of one service, with the versions that there are of it. Safe for any number of threads. */
public sealed interface HeldCredential extends AutoCloseable permits SharedCredential, ExchangedCredential {
    /** How long a call waits for a value that is not there. */
    long LONGEST_WAIT_MILLIS = 3_000;

    /** After a 401 a source is asked again, but not more often than this: an upstream may refuse every call. */
    long BETWEEN_RENEWALS_NANOS = 5_000_000_000L;

    CredentialSpec spec();

    /**
     * What a call uses now.
     *
     * @param subject the token that the caller brought; null for none
     * @throws CredentialUnavailableException when there is nothing; may have waited for it
     */
    Version version(@Nullable Secret subject) throws CredentialUnavailableException;

    /** The version before, where one may still be used; its value may come back in a response, too. */
    @Nullable
    Version previous();

    /**
     * What has taken the place of a version since a call got it.
     *
     * @return null when nothing has
     */
    @Nullable
    Version newer(Version used, @Nullable Secret subject);

    /**
     * What may be tried after an upstream has refused a version: the newer, what the source has now, or the one before.
     *
     * @return null when there is no other
     */
    @Nullable
    Version other(Version refused, @Nullable Secret subject);

    /** Does what is due, at the most some seconds of it, on threads of its own. */
    void tick();

    /** Asks the source now; says whether that brought another version. */
    boolean rotate();

    CredentialState state();

    @Override
    void close();
}
