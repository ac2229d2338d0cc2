// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.time.Instant;

/**
 * A clock of another machine, such as that of a database, with which the node's own is compared.
 *
 * @since 0.1
 */
public interface TimeWitness {
    /** Whose clock it is, for people. */
    String name();

    /**
     * What it says now.
     *
     * @throws StorageException when it does not answer
     */
    Instant now();
}
