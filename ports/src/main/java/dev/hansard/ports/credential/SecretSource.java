// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

/**
 * Where the value of a credential comes from: a file, a vault, an issuer of tokens. Nothing is kept here: whoever asks
 * decides how long to believe the answer. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface SecretSource extends AutoCloseable {
    /**
     * Reads what is there now. May do I/O, for some seconds at the most.
     *
     * @throws CredentialUnavailableException when there is nothing that can be used; says why, without the value
     */
    SecretReading read() throws CredentialUnavailableException, InterruptedException;

    /** Lets go of what it holds. */
    @Override
    default void close() {}
}
