// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

import dev.hansard.ports.value.Secret;

/**
 * Gets a caller's token changed for one that a target takes (RFC 8693). What the token is for is configured, and is
 * never wider than that. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface TokenExchange extends AutoCloseable {
    /**
     * Changes one token.
     *
     * @param subject the caller's own
     * @throws CredentialUnavailableException when there is none for it; says whether another time is worth a try
     */
    SecretReading exchange(Secret subject) throws CredentialUnavailableException, InterruptedException;

    /** Lets go of what it holds. */
    @Override
    default void close() {}
}
